import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable {
    // The invoker completes the poms of modules alone.
    def plugin = new groovy.xml.XmlSlurper().parse(new File(basedir, 'pom.xml')).build.plugins.plugin
    def crowd = new File(basedir, 'crowd/pom.xml')
    ['groupId', 'artifactId', 'version'].each { name -> crowd.text = crowd.text.replace("@project.$name@", plugin[name].text()) }
    it.handOver()
}
return true
