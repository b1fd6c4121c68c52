package io.github.claudefleet.init;

import eu.maveniverse.domtrip.Element;
import eu.maveniverse.domtrip.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Adds a plugin to the text of a pom, in the pom's own layout. */
final class PluginInsertion {

    /** Elements that follow {@code <build>} in a pom. */
    private static final Set<String> AFTER_BUILD = Set.of("reporting", "profiles");

    private static final String END_OF_EMPTY = "\\s*/>\\z";

    private final PomText pom;
    private final PomLayout layout;

    PluginInsertion(PomText pom) {
        this.pom = pom;
        this.layout = PomLayout.of(pom.project());
    }

    /**
     * Returns the text with the plugin.
     *
     * @param lines lines of the {@code <plugin>} element, indented by tabs
     */
    String add(List<String> lines) {
        Optional<Element> build = PomText.children(pom.project(), "build").findFirst();
        Optional<Element> plugins =
                build.flatMap(element -> PomText.children(element, "plugins").findFirst());
        if (plugins.isPresent()) {
            return append(plugins.get(), lines);
        }
        return build.map(element -> append(element, within("plugins", lines)))
                .orElseGet(() -> insertBuild(within("build", within("plugins", lines))));
    }

    private String append(Element parent, List<String> lines) {
        String indentation = layout.childIndentation(parent);
        String added = layout.lineBreak() + indentation + formatted(lines, indentation) + endOfLine(parent);
        if (!parent.selfClosing()) {
            return insert(added, pom.endOfChildren(parent));
        }
        int start = pom.startOf(parent);
        int end = pom.contentOf(parent);
        String opened = parent.originalOpenTag().replaceAll(END_OF_EMPTY, ">");
        return pom.text().substring(0, start)
                + opened
                + added
                + "</" + parent.name() + ">"
                + pom.text().substring(end);
    }

    /** Returns the line break that an end tag needs if it follows its start tag or the last child directly. */
    private String endOfLine(Element parent) {
        return PomLayout.hasLineBreak(parent.innerPrecedingWhitespace())
                ? ""
                : layout.lineBreak() + layout.indentation(parent);
    }

    private String insertBuild(List<String> lines) {
        String indentation = layout.childIndentation(pom.project());
        Node last = lastBeforeBuild();
        boolean isLast =
                pom.project().lastChild().filter(child -> child == last).isPresent();
        return insert(
                layout.separator()
                        + indentation
                        + formatted(lines, indentation)
                        + (isLast ? endOfLine(pom.project()) : ""),
                pom.endOf(last, pom.project()));
    }

    /** Returns the last element that a build follows, or the last comment on that element's line. */
    private Node lastBeforeBuild() {
        List<Node> children = pom.project().children().toList();
        int index = children.size() - 1;
        while (index > 0 && !isBeforeBuild(children.get(index))) {
            index--;
        }
        while (index + 1 < children.size()
                && children.get(index + 1).type() == Node.NodeType.COMMENT
                && !PomLayout.hasLineBreak(children.get(index + 1).precedingWhitespace())) {
            index++;
        }
        return children.get(index);
    }

    private static boolean isBeforeBuild(Node node) {
        return node instanceof Element element && !AFTER_BUILD.contains(element.localName());
    }

    private String insert(String added, int place) {
        return pom.text().substring(0, place) + added + pom.text().substring(place);
    }

    private String formatted(List<String> lines, String indentation) {
        return lines.stream().map(this::formatted).collect(Collectors.joining(layout.lineBreak() + indentation));
    }

    private String formatted(String line) {
        String prefix = Optional.ofNullable(pom.project().prefix())
                .filter(name -> !name.isEmpty())
                .map(name -> name + ":")
                .orElse("");
        return line.replace("\t", layout.unit()).replaceAll("(</?)(?=[A-Za-z])", "$1" + prefix);
    }

    private static List<String> within(String parent, List<String> lines) {
        List<String> all = new ArrayList<>(List.of("<" + parent + ">"));
        lines.forEach(line -> all.add("\t" + line));
        all.add("</" + parent + ">");
        return all;
    }
}
