package io.github.claudefleet.init;

import eu.maveniverse.domtrip.Element;
import eu.maveniverse.domtrip.Node;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Layout of a pom.
 *
 * @param lineBreak line break that most lines have; empty if the whole pom is one line
 * @param unit indentation of one level
 * @param separator text between two sections of the pom, such as a line break or two
 */
record PomLayout(String lineBreak, String unit, String separator) {

    private static final String DEFAULT_UNIT = "  ";

    static PomLayout of(Element project) {
        String lineBreak = lineBreak(project.toXml());
        if (lineBreak.isEmpty()) {
            return new PomLayout("", "", "");
        }
        boolean blankLines = project.childElements().anyMatch(child -> lines(child.precedingWhitespace()) > 1);
        return new PomLayout(lineBreak, unit(project), blankLines ? lineBreak + lineBreak : lineBreak);
    }

    private static String lineBreak(String text) {
        long windows = count(text, "\r\n");
        long unix = count(text, "\n") - windows;
        long old = count(text, "\r") - windows;
        if (windows + unix + old == 0) {
            return "";
        }
        return windows >= Math.max(unix, old) ? "\r\n" : unix >= old ? "\n" : "\r";
    }

    private static long count(String text, String part) {
        return (text.length() - text.replace(part, "").length()) / part.length();
    }

    private static long lines(String whitespace) {
        return hasLineBreak(whitespace)
                ? whitespace
                        .replace("\r\n", "\n")
                        .replace('\r', '\n')
                        .chars()
                        .filter(c -> c == '\n')
                        .count()
                : 0;
    }

    /** Returns the first indentation by which a child differs from its parent; empty if no line is indented. */
    private static String unit(Element project) {
        Optional<String> found = Stream.concat(Stream.of(project), project.descendants())
                .flatMap(parent -> parent.childElements().flatMap(child -> difference(parent, child).stream()))
                .findFirst();
        return found.orElseGet(
                () -> project.childElements().anyMatch(child -> hasLineBreak(child.precedingWhitespace()))
                        ? ""
                        : DEFAULT_UNIT);
    }

    private static Optional<String> difference(Element parent, Element child) {
        String outer = afterLineBreak(parent).orElse("");
        return afterLineBreak(child)
                .filter(inner -> inner.startsWith(outer) && inner.length() > outer.length())
                .map(inner -> inner.substring(outer.length()));
    }

    /** Returns the indentation of an element's end tag, if it is on a line of its own. */
    String indentation(Element element) {
        return afterLineBreak(element)
                .orElseGet(() -> element.parent() instanceof Element parent ? indentation(parent) + unit : "");
    }

    /** Returns the indentation of an element's children. */
    String childIndentation(Element parent) {
        return parent.children()
                .flatMap(child -> afterLineBreak(child).stream())
                .findFirst()
                .orElseGet(() -> indentation(parent) + unit);
    }

    private static Optional<String> afterLineBreak(Node node) {
        String whitespace = node.precedingWhitespace();
        return hasLineBreak(whitespace)
                ? Optional.of(
                        whitespace.substring(Math.max(whitespace.lastIndexOf('\n'), whitespace.lastIndexOf('\r')) + 1))
                : Optional.empty();
    }

    static boolean hasLineBreak(String whitespace) {
        return whitespace != null && (whitespace.indexOf('\n') >= 0 || whitespace.indexOf('\r') >= 0);
    }
}
