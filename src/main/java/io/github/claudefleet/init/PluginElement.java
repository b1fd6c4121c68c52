package io.github.claudefleet.init;

import io.github.claudefleet.spec.LoginMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The {@code <plugin>} element of a new fleet, as lines that are indented by tabs.
 *
 * @param groupId groupId of this plugin
 * @param artifactId artifactId of this plugin
 * @param version version to write; empty if the pom or a parent manages it
 */
public record PluginElement(String groupId, String artifactId, Optional<String> version) {

    List<String> lines(InitRequest request) {
        List<String> lines = new ArrayList<>();
        lines.add("<plugin>");
        lines.add("\t<groupId>" + groupId + "</groupId>");
        lines.add("\t<artifactId>" + artifactId + "</artifactId>");
        version.ifPresent(value -> lines.add("\t<version>" + value + "</version>"));
        lines.add("\t<configuration>");
        lines.addAll(indented(2, auth(request.login())));
        lines.add("\t\t<agents>");
        lines.add("\t\t\t<agent>");
        lines.addAll(indented(4, agent(request)));
        lines.add("\t\t\t</agent>");
        lines.add("\t\t</agents>");
        lines.add("\t</configuration>");
        if (request.bound()) {
            lines.addAll(indented(1, executions()));
        }
        lines.add("</plugin>");
        return lines;
    }

    private static List<String> auth(LoginMode login) {
        return login.takesCredential()
                ? List.of(
                        "<auth>",
                        "\t<mode>" + login.value() + "</mode>",
                        "\t<env>" + CredentialVariable.of(login) + "</env>",
                        "</auth>")
                : List.of();
    }

    private static List<String> agent(InitRequest request) {
        List<String> lines = new ArrayList<>(List.of("<name>" + request.agent() + "</name>"));
        String path = request.promptPath();
        switch (request.purpose()) {
            case FIX_TESTS ->
                lines.addAll(List.of(
                        "<replicas>2</replicas>",
                        "<tasksFrom>",
                        "\t<surefire/>",
                        "\t<promptFile>" + path + "</promptFile>",
                        "</tasksFrom>"));
            case TASKS -> lines.addAll(List.of("<replicas>2</replicas>", "<tasksFrom>" + path + "</tasksFrom>"));
            default -> lines.add("<promptFile>" + path + "</promptFile>");
        }
        return lines;
    }

    private static List<String> executions() {
        return List.of(
                "<executions>",
                "\t<execution>",
                "\t\t<goals>",
                "\t\t\t<goal>start</goal>",
                "\t\t\t<goal>await</goal>",
                "\t\t\t<goal>stop</goal>",
                "\t\t\t<goal>verify</goal>",
                "\t\t</goals>",
                "\t</execution>",
                "</executions>");
    }

    private static List<String> indented(int depth, List<String> lines) {
        return lines.stream().map(line -> "\t".repeat(depth) + line).toList();
    }
}
