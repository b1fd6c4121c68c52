import groovy.json.JsonOutput
import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    project.logIn('tasks-from-failing-tests').handOver()
    def bash = { String command -> '{"tool":"Bash","input":{"command":' + JsonOutput.toJson(command) + '}}' }
    project.standIn().scripts('tasks-from-failing-tests', '[' + [
            '{"match":"The tests of shop.CartTest in module api fail: totals","turns":[' + bash('sed -i "s/price + number/price * number/" api/src/main/java/shop/Cart.java') + ',{"text":"mended"}]}',
            '{"match":"The tests of shop.PageTest in module web fail: titles","turns":[' + bash('sed -i s/Shpo/Shop/ web/src/main/java/shop/Page.java') + ',{"text":"mended"}]}',
            '{"match":"Look at line 6|Describe module|Tidy 1 files","turns":[{"text":"done"}]}',
    ].join(',') + ']')
}
return true
