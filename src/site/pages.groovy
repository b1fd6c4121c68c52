import java.util.regex.Pattern

/*
 * Writes the site's pages from the checkout's Markdown files, which are written for a forge: READMEs become index pages,
 * headings get the anchors that a forge gives them, and links to files that are no pages lead to the repository.
 */

def base = project.basedir.toPath()
def target = new File(project.build.directory, 'site-source')
def repository = project.scm.url + '/blob/HEAD/'

def anchors = { String text ->
    def used = [:].withDefault { 0 }
    def fenced = false
    text.readLines().collect { line ->
        fenced ^= line.startsWith('```')
        def heading = line =~ /^(##+) (.*)$/
        if (fenced || !heading) {
            return line
        }
        def slug = heading[0][2].toLowerCase(Locale.ROOT).replaceAll(/[^\p{L}\p{N} _-]/, '').replace(' ', '-')
        def repeated = used[slug]++
        "${heading[0][1]} <a id=\"${slug}${repeated ? '-' + repeated : ''}\"></a>${heading[0][2]}"
    }.join('\n') + '\n'
}

def links = { String text, page ->
    text.replaceAll(/\]\(([^)#:]+)(#[^)]*)?\)/) { all, to, anchor ->
        def file = page.resolveSibling(to).normalize()
        def name = base.relativize(file).toString()
        if (file.toFile().directory && file.resolve('README.md').toFile().file) {
            return "](${to.replaceAll('/$', '')}/index.md)"
        }
        if (to.endsWith('README.md')) {
            return "](${to.replace('README.md', 'index.md')}${anchor ?: ''})"
        }
        to ==~ /.*\.(md|png|svg)/ ? all : "](${repository}${name}${anchor ?: ''})"
    }
}

ant.delete(dir: target)
new groovy.ant.FileNameFinder().getFileNames(project.basedir.path, '*.md docs/**/*.md docs/**/*.png docs/**/*.svg').each { path ->
    def file = new File(path)
    def name = base.relativize(file.toPath()).toString().replace('\\', '/')
    if (name ==~ /.*\.(png|svg)/) {
        ant.copy(file: file, tofile: new File(target, "resources/$name"))
    } else {
        def page = new File(target, 'markdown/' + name.replace('README.md', 'index.md'))
        page.parentFile.mkdirs()
        page.setText(anchors(links(file.getText('UTF-8'), file.toPath())), 'UTF-8')
    }
}
