package io.github.claudefleet.results;

import io.github.claudefleet.spec.PluginFile;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tools for HTML: escaping of text, and templates with gaps. */
final class Html {

    private static final Pattern GAP = Pattern.compile("@([a-z]+)@");

    private Html() {}

    /** Escapes text for elements and quoted attributes; characters that HTML does not allow are replaced. */
    static String text(String text) {
        StringBuilder html = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> append(html, point));
        return html.toString();
    }

    /** Returns the resource with its gaps filled. */
    static String fill(String resource, Map<String, String> values) {
        return GAP.matcher(resource(resource)).replaceAll(gap -> Matcher.quoteReplacement(values.get(gap.group(1))));
    }

    static String resource(String name) {
        return PluginFile.text(Html.class, name).strip();
    }

    private static void append(StringBuilder html, int point) {
        switch (point) {
            case '<' -> html.append("&lt;");
            case '>' -> html.append("&gt;");
            case '&' -> html.append("&amp;");
            case '"' -> html.append("&quot;");
            case '\'' -> html.append("&#39;");
            default -> html.appendCodePoint(isAllowed(point) ? point : 0xFFFD);
        }
    }

    private static boolean isAllowed(int point) {
        boolean control =
                point < 0x20 && point != '\n' && point != '\t' && point != '\r' || point >= 0x7F && point < 0xA0;
        return !control && !(point >= 0xD800 && point <= 0xDFFF);
    }
}
