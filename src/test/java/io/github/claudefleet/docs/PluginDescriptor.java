package io.github.claudefleet.docs;

import java.util.List;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/** Goals in the plugin descriptor, which the build generates from their sources. */
final class PluginDescriptor {

    private static final String FILE = "target/classes/META-INF/maven/plugin.xml";

    private PluginDescriptor() {}

    /**
     * Goal of the plugin.
     *
     * @param phase default phase of the goal; empty for none
     */
    record Goal(
            String name, String description, String phase, boolean requiresProject, List<GoalParameter> parameters) {}

    /**
     * Parameter that can be configured in a pom.
     *
     * @param type the simple name of its class
     * @param property empty if there is none
     * @param defaultValue empty if the descriptor has none
     */
    record GoalParameter(String name, String type, String property, String defaultValue, String description) {}

    static List<Goal> goals() {
        Element plugin = ProjectFiles.xml(FILE).getDocumentElement();
        return children(plugin, "mojos", "mojo").map(PluginDescriptor::goal).toList();
    }

    private static Goal goal(Element mojo) {
        Element configuration = ProjectFiles.children(mojo, "configuration").get(0);
        return new Goal(
                ProjectFiles.text(mojo, "goal"),
                ProjectFiles.text(mojo, "description"),
                ProjectFiles.text(mojo, "phase"),
                Boolean.parseBoolean(ProjectFiles.text(mojo, "requiresProject")),
                children(mojo, "parameters", "parameter")
                        .filter(parameter ->
                                ProjectFiles.text(parameter, "editable").equals("true"))
                        .map(parameter -> parameter(parameter, configuration))
                        .toList());
    }

    private static GoalParameter parameter(Element parameter, Element configuration) {
        String name = ProjectFiles.text(parameter, "name");
        String type = ProjectFiles.text(parameter, "type");
        List<Element> bound = ProjectFiles.children(configuration, name);
        return new GoalParameter(
                name,
                type.substring(type.lastIndexOf('.') + 1),
                ProjectFiles.text(configuration, name).replaceAll("^\\$\\{(.*)}$", "$1"),
                bound.isEmpty() ? "" : bound.get(0).getAttribute("default-value"),
                ProjectFiles.text(parameter, "description"));
    }

    private static Stream<Element> children(Element parent, String list, String item) {
        return ProjectFiles.children(parent, list).stream()
                .flatMap(element -> ProjectFiles.children(element, item).stream());
    }
}
