package io.github.claudefleet.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Site as a browser finds it on the disk.
 *
 * @param directory the site's directory
 * @param pages the HTML pages by their paths, in order
 */
record Site(Path directory, Map<String, Page> pages) {

    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]+)\"");
    private static final Pattern ANCHOR = Pattern.compile("\\sid=\"([^\"]+)\"");

    static Site read(Path directory) throws IOException {
        Map<String, Page> pages = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".html")).toList()) {
                String name = directory.relativize(file).toString();
                pages.put(name, Page.of(name, Files.readString(file)));
            }
        }
        return new Site(directory, pages);
    }

    /** Returns true for a file of the site, with the anchor if it names one, and for an address elsewhere. */
    boolean has(String target) {
        if (target.matches("[a-z]+:.*")) {
            return true;
        }
        String[] parts = target.split("#", 2);
        Page page = pages.get(parts[0]);
        return Files.isRegularFile(directory.resolve(parts[0]))
                && (parts.length == 1 || page == null || page.anchors().contains(parts[1]));
    }

    /**
     * Page.
     *
     * @param name path of the page below the site's directory
     * @param links links and pictures, as the page has them
     * @param anchors places that a link can lead to; the empty one is the top
     */
    record Page(String name, List<String> links, Set<String> anchors) {

        static Page of(String name, String html) {
            Set<String> anchors = matches(ANCHOR, html).collect(Collectors.toSet());
            anchors.add("");
            return new Page(
                    name,
                    matches(LINK, html)
                            .map(link -> link.replace("&amp;", "&"))
                            .distinct()
                            .toList(),
                    anchors);
        }

        /** Returns a link as a path below the site's directory, with its anchor; an address elsewhere is unchanged. */
        String resolve(String link) {
            if (link.matches("[a-z]+:.*")) {
                return link;
            }
            if (link.startsWith("#")) {
                return name + link;
            }
            Path resolved =
                    Path.of(name).resolveSibling(link.replaceFirst("#.*", "")).normalize();
            return resolved + (link.contains("#") ? link.substring(link.indexOf('#')) : "");
        }

        private static Stream<String> matches(Pattern pattern, String html) {
            return pattern.matcher(html).results().map(result -> result.group(1));
        }
    }
}
