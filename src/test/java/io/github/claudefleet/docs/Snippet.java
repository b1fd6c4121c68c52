package io.github.claudefleet.docs;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Block of code in a document, and the source that it quotes.
 *
 * @param file path of the quoted file in the checkout
 * @param tag name between {@code tag::} and {@code end::} comments in the file
 * @param block content of the document's block
 */
record Snippet(String file, String tag, String block) {

    private static final Pattern FORM = Pattern.compile(
            "<!-- snippet: (?<file>\\S+)#(?<tag>[\\w-]+) -->\\s*?\\n```\\w*\\n(?<block>.*?)\\n```", Pattern.DOTALL);

    /** Returns all snippets of a document, in order. */
    static List<Snippet> in(String document) {
        return FORM.matcher(document).results().map(Snippet::of).toList();
    }

    /** Returns the quoted lines as a document must show them. */
    static String quote(String source, String tag) {
        List<String> lines = source.lines()
                .dropWhile(line -> !line.contains("tag::" + tag + "[]"))
                .skip(1)
                .takeWhile(line -> !line.contains("end::" + tag + "[]"))
                .filter(line -> !line.contains("tag::") && !line.contains("end::"))
                .toList();
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("no lines between tag::" + tag + "[] and end::" + tag + "[]");
        }
        return fillIn(String.join("\n", lines).stripIndent());
    }

    /** Fills in the plugin's coordinates, which the projects of src/it leave to the invoker plugin's interpolation. */
    private static String fillIn(String text) {
        String filled = text;
        for (String name : List.of("groupId", "artifactId", "version")) {
            filled = filled.replace("@project." + name + "@", ProjectFiles.coordinate(name));
        }
        return filled;
    }

    private static Snippet of(MatchResult match) {
        return new Snippet(match.group(1), match.group(2), match.group(3));
    }
}
