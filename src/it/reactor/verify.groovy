def log = new File(basedir, 'build.log').text
def runs = log.split(/Scanning for projects/).drop(1)
assert runs.size() == 5
def fleets = { run ->
    run.readLines().findAll { it.contains('create container') && it.contains('worker-1') }.collect { (it =~ /claude-fleet-(\w+)-[0-9a-f]{8}-worker-1/)[0][1] }.sort()
}
assert runs.collect(fleets) == [['reactor', 'two'], ['reactor', 'two'], ['reactor'], ['reactor', 'two'], []]
assert runs[0].count('Done already: start for the fleet of reactor, in module reactor') == 1
assert runs[1].count('Skipped: the fleet of reactor starts with the first module that uses it') == 1
assert runs[4].count('Skipped: the fleet of reactor is used by none of the modules that are built') == 1
assert log.count(': worktree at ') == 7
// A module's agents work in the module, in a tree of the whole repository.
assert !new File(basedir, '.git/worktrees').exists()
return true
