import groovy.json.JsonOutput
import io.github.claudefleet.it.GitRepository
import io.github.claudefleet.it.ItProject
import io.github.claudefleet.standin.FileServer

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    project.logIn('agents-build-java')
    def run = { String... words -> assert new ProcessBuilder(words).directory(basedir).inheritIO().start().waitFor() == 0 : words }
    // What an official Maven image has, of this machine's own: no registry is asked.
    def root = new File(basedir, 'target/java-image')
    def maven = new File(basedir, '../../../mavens/apache-maven-3.9.16').canonicalFile
    assert maven.isDirectory()
    run('mkdir', '-p', root.path + '/opt/java', root.path + '/usr/share')
    // A distribution's JDK is full of links, some of which lead to what nobody installed.
    run('sh', '-c', "cp -RL '${System.getProperty('java.home')}' '${root.path}/opt/java/openjdk' 2>/dev/null; '${root.path}/opt/java/openjdk/bin/javac' -version")
    run('sh', '-c', "cd '${root.path}/opt/java/openjdk' && rm -rf jmods lib/src.zip man docs")
    run('cp', '-R', maven.path, root.path + '/usr/share/maven')
    run('sh', '-c', "tar -C '${root.path}' -cf - . | docker import - claude-fleet-test/java:1")
    run('rm', '-rf', root.path)

    // A team's machine has built the project before. Its repository has what this machine's has, and its own modes.
    project.maven('-B', '-q', 'test').succeeded()
    def near = new File(basedir, 'target/near.xml')
    near.text = "<settings><mirrors><mirror><id>near</id><mirrorOf>*</mirrorOf><url>${localRepositoryPath.toURI()}</url></mirror></mirrors></settings>"
    run('sh', '-c', "umask 022; '${maven.path}/bin/mvn' -B -q -s '${near.path}' -Dmaven.repo.local='${basedir.path}/m2' install")
    new File(basedir, 'm2/io/github/claudefleet').deleteDir()

    // The build's own repository, on this machine's address in the gateway's network.
    def bridge = project.docker().run('network', 'inspect', '--format', '{{(index .IPAM.Config 0).Gateway}}', System.getProperty('standin.network'))
    context.repository = FileServer.start(bridge, new File(System.getProperty('standin.ca')).toPath().parent, localRepositoryPath.toPath())
    def address = "https://host.docker.internal:${context.repository.port()}/"
    def pom = new File(basedir, 'pom.xml')
    pom.text = pom.text.replace('https://host.docker.internal:PORT/', address).replace('BRIDGE', bridge)
    new File(basedir, 'online.xml').text = "<settings><mirrors><mirror><id>near</id><mirrorOf>*</mirrorOf><url>$address</url></mirror></mirrors></settings>"
    GitRepository.create(basedir, 'login/', 'target/', 'build.log', 'm2/')

    def csv = new File(localRepositoryPath, 'org/apache/commons/commons-csv').listFiles().find { new File(it, "commons-csv-${it.name}.jar").exists() }.name
    def bash = { String command -> '{"tool":"Bash","input":{"command":' + JsonOutput.toJson(command) + '}}' }
    project.standIn().scripts('agents-build-java', '[{"match":"Add a test","turns":[' + bash('''
        me=$(hostname | tr -d -)
        mkdir -p src/main/resources && echo $me >src/main/resources/who.txt
        sed "s/ShopTest/T${me}Test/" src/test/java/shop/ShopTest.java >src/test/java/shop/T${me}Test.java
        git add . && git commit -qm "Add a test"
        mvn -o -q install 2>&1 | tail -20
        jar=$HOME/.m2/repository/io/github/claudefleet/it/agents-build-java/1.0/agents-build-java-1.0.jar
        (cd /tmp && jar xf $jar who.txt && [ "$(cat who.txt)" = "$me" ] && echo "installed its own")
        [ "$(id -u)" = 12345 ] && java -XshowSettings:properties -version 2>&1 | grep -q "user.home = $HOME$" && echo "at home for Java"
        touch /claude-fleet/repository/x 2>/dev/null || echo "cannot write the shared one"
        case $(git branch --show-current) in */builder-1)
            # A build as on a new machine, by three Mavens. The others are fetched as a wrapper without curl and wget does it.
            unset MAVEN_ARGS
            online() { rm -rf target; "$@" -B -q -Ponline -s online.xml -Dmaven.repo.local=/tmp/online-$version process-resources && [ -d /tmp/online-$version/org ] && echo "downloaded with $version"; }
            version=3.9.16; online mvn
            echo 'class Get { public static void main(String[] a) throws Exception { try (var in = java.net.URI.create(a[0]).toURL().openStream()) { java.nio.file.Files.copy(in, java.nio.file.Path.of(a[1])); } } }' >/tmp/Get.java
            for version in 3.6.3 4.0.0-rc-6; do
                java /tmp/Get.java ADDRESSorg/apache/maven/apache-maven/$version/apache-maven-$version-bin.zip /tmp/$version.zip
                (cd /tmp && jar xf $version.zip)
                online sh /tmp/apache-maven-$version/bin/mvn
            done 2>&1
            mkdir -p /tmp/gradle/src/main/java/shop
            echo 'package shop; class Shop { org.apache.commons.csv.CSVFormat format; }' >/tmp/gradle/src/main/java/shop/Shop.java
            printf '%s\\n' "apply plugin: 'java'" "repositories { maven { url 'ADDRESS' } }" "dependencies { compile 'org.apache.commons:commons-csv:COMMONS' }" >/tmp/gradle/build.gradle
            sh /usr/share/gradle/bin/gradle --no-daemon -p /tmp/gradle -g /tmp/gradle-home jar 2>&1 | tail -20
            [ -e /tmp/gradle/build/libs/gradle.jar ] && echo "downloaded with Gradle" ;;
        esac
        grep -q settings /claude-fleet/maven/settings.xml && ! grep -q fleet-token /claude-fleet/maven/settings.xml && echo "settings without a stranger"
    '''.stripIndent().replace('ADDRESS', address).replace('COMMONS', csv)) + ',{"text":"added"}]}]')
}
return true
