def log = new File(basedir, 'build.log').text
def runs = log.split(/Scanning for projects/).drop(1)
assert runs.size() == 2
runs.each { run ->
    assert run.count('No fleet is this module\'s own') == 1
    assert run.readLines().findAll { it.contains('create container') && it.contains('worker-1') }.collect { (it =~ /claude-fleet-(\w+)-[0-9a-f]{8}-worker-1/)[0][1] } as Set == ['reactor', 'two'] as Set
    assert run.count('Agent worker-1 has a worktree of its own') == 2
}
// A module's agents work in the module, in a tree of the whole repository.
assert !new File(basedir, '.git/worktrees').exists()
return true
