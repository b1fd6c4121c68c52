import groovy.json.JsonOutput
import groovy.json.JsonSlurper
import io.github.claudefleet.it.GoalInProcess
import io.github.claudefleet.it.ItProject
import java.nio.charset.StandardCharsets
import java.nio.file.Files
import java.nio.file.LinkOption
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import java.time.Instant

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def account = 'malformed-' + System.nanoTime()
    def file = project.directory().resolve('login/.credentials.json')
    def utf8 = { String text -> text.getBytes(StandardCharsets.UTF_8) }
    def take = { Path path, String mode = 'rw-------', int uid = 1000 ->
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode))
        Files.setAttribute(path, 'unix:uid', uid)
    }
    try {
        project.logIn(account)
        def good = new JsonSlurper().parse(file).claudeAiOauth
        // A login that nothing can refresh: then whatever happens to the file is not the CLI's right, and the keeper keeps no copy
        // that it would put back where a damaged one stays for a few seconds.
        def login = { Map changes -> utf8(JsonOutput.toJson([claudeAiOauth: (good - [refreshToken: good.refreshToken]) + changes])) }
        def whole = new String(login([:]), StandardCharsets.UTF_8)
        Files.write(file, login([:]))
        take(file)
        def goal = new GoalInProcess(project)
        assert goal.auth() == 'VALID' : goal.said()
        // Where the file itself doesn't tell, it is as the CLI (2.1.330) takes it: an odd expiry is none.
        def contents = [
            ['as it should be',         login([:]),                                                      'VALID'],
            ['empty',                   utf8(''),                                                        'MALFORMED'],
            ['white space',             utf8(' \n\t\n'),                                                 'MALFORMED'],
            ['cut in the middle',       utf8(whole.substring(0, whole.length().intdiv(2))),              'MALFORMED'],
            ['one byte short',          utf8(whole.substring(0, whole.length() - 1)),                    'MALFORMED'],
            ['something behind it',     utf8(whole + ' and more'),                                       'MALFORMED'],
            ['two of them',             utf8(whole + whole),                                             'MALFORMED'],
            ['text',                    utf8('sk-ant-oat01-standin.text.setup'),                         'MALFORMED'],
            ['XML',                     utf8('<claudeAiOauth/>'),                                        'MALFORMED'],
            ['binary',                  [0, -1, -2, 1, 2, 3, 0] as byte[],                               'MALFORMED'],
            ['NULs, as after a crash',  new byte[512],                                                   'MALFORMED'],
            ['UTF-16',                  whole.getBytes(StandardCharsets.UTF_16),                         'MALFORMED'],
            ['a byte order mark',       utf8('\uFEFF' + whole),                                          'MALFORMED'],
            ['deeply nested',           utf8('[' * 100_000),                                             'MALFORMED'],
            ['nested in a login',       utf8('{"claudeAiOauth":' + '{"a":' * 5000 + '1' + '}' * 5001),   'MALFORMED'],
            ['huge',                    new byte[(1 << 20) + 1],                                         'MALFORMED'],
            ['an array',                utf8("[${whole}]"),                                              'MALFORMED'],
            ['a number',                utf8('7'),                                                       'MALFORMED'],
            ['no login in it',          utf8('{}'),                                                      'ABSENT'],
            ['a login that is null',    utf8('{"claudeAiOauth":null}'),                                  'ABSENT'],
            ['a login that is text',    utf8('{"claudeAiOauth":"x"}'),                                   'MALFORMED'],
            ['no access token',         utf8('{"claudeAiOauth":{}}'),                                    'MALFORMED'],
            ['a token that is null',    login([accessToken: null]),                                      'MALFORMED'],
            ['a token that is a number', login([accessToken: 7]),                                        'MALFORMED'],
            ['a token of line breaks',  login([accessToken: 'a\r\nb: c']),                               'REJECTED'],
            ['a token of 100 kB',       login([accessToken: 'x' * 100_000]),                             'REJECTED'],
            ['a token that is blank',   login([accessToken: ' ']),                                       'EXPIRED'],
            ['blanked by the CLI',      login([accessToken: '', refreshToken: '', expiresAt: 0]),        'EXPIRED'],
            ['no scopes',               login([scopes: null]),                                           'ABSENT'],
            ['empty scopes',            login([scopes: []]),                                             'ABSENT'],
            ['scopes as text',          login([scopes: 'user:inference']),                               'VALID'],
            ['no expiry',               login([expiresAt: null]),                                        'VALID'],
            ['expiry as text',          login([expiresAt: "${good.expiresAt}".toString()]),              'VALID'],
            ['expiry as words',         login([expiresAt: 'tomorrow']),                                  'VALID'],
            ['expiry in seconds',       login([expiresAt: Instant.now().epochSecond + 3600]),            'VALID'],
            ['expiry below zero',       login([expiresAt: -1]),                                          'VALID'],
            ['expiry beyond all time',  login([expiresAt: 1e300]),                                       'VALID'],
            ['the login\'s end as text', login([refreshTokenExpiresAt: 'soon']),                         'VALID'],
            ['the login\'s end below zero', login([refreshTokenExpiresAt: -1]),                          'VALID'],
            ['keys twice',              utf8(whole.replaceFirst(/\{"claudeAiOauth":\{/, '{"claudeAiOauth":{"accessToken":"x",')), 'VALID'],
        ]
        contents.each { name, content, expected ->
            Files.write(file, content)
            take(file)
            def verdict = goal.auth()
            assert verdict == expected : "${name}: ${goal.said()}"
            assert Files.readAllBytes(file) == content : name
            assert PosixFilePermissions.toString(Files.getPosixFilePermissions(file)) == 'rw-------' : name
            assert Files.getAttribute(file, 'unix:uid') == 1000 : name
            assert !goal.said().contains(good.accessToken) : name
        }

        Files.write(file, login([:]))
        take(file, '---------')
        assert goal.auth() == 'MALFORMED' : goal.said()
        assert PosixFilePermissions.toString(Files.getPosixFilePermissions(file)) == '---------'
        take(file, 'rw-------', 4242)
        assert goal.auth() == 'WRONG_OWNER' : goal.said()
        assert Files.getAttribute(file, 'unix:uid') == 4242
        take(file)

        def beside = Files.move(file, file.resolveSibling('beside.json'))
        Files.createSymbolicLink(file, Path.of('beside.json'))
        assert goal.auth() == 'VALID' : goal.said()
        assert Files.isSymbolicLink(file)
        def passwd = Files.readAttributes(Path.of('/etc/passwd'), 'unix:uid,mode,size,ctime')
        [beside, Path.of('/etc/passwd'), Path.of('gone')].each { target ->
            Files.delete(file)
            Files.createSymbolicLink(file, target)
            assert goal.auth() == 'MALFORMED' : "${target}: ${goal.said()}"
            assert Files.readSymbolicLink(file) == target
        }
        assert Files.readAttributes(Path.of('/etc/passwd'), 'unix:uid,mode,size,ctime') == passwd
        Files.delete(file)
        Files.createDirectory(file)
        assert goal.auth() == 'MALFORMED' : goal.said()
        assert Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)
        Files.delete(file)
        goal.stop()
        assert project.leftovers() == []

        // As a person meets it: words, and with -e no more than Maven's own.
        Files.write(file, utf8('{"claudeAiOauth":{"accessTok'))
        take(file)
        def run = project.maven('-B', '-e', 'claude-fleet:auth', '-Dclaude-fleet.auth.timeout=1s').failed()
                .says('the credentials file is damaged').says('is not complete JSON').says('Sign in again')
        assert !(run.output() =~ /JsonParse|JsonProcessing|Caused by: (?!org\.apache\.maven|io\.github\.claudefleet)/)
        assert Files.readString(file) == '{"claudeAiOauth":{"accessTok'
        assert project.leftovers() == []
    } finally {
        project.cleanUp()
    }
}
return true
