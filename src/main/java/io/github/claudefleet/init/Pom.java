package io.github.claudefleet.init;

import eu.maveniverse.domtrip.Element;
import io.github.claudefleet.spec.InvalidSpecException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Pom with its plugins, in a form that can be written again byte by byte. */
final class Pom {

    private static final String DEFAULT_GROUP = "org.apache.maven.plugins";
    /** Bytes that an empty element such as {@code <build />} loses when it gets content. */
    private static final String OF_EMPTY_ELEMENT = "\0 \t\r\n/";

    private final String name;
    private final byte[] bytes;
    private final PomText text;

    private Pom(String name, byte[] bytes, PomText text) {
        this.name = name;
        this.bytes = bytes;
        this.text = text;
    }

    /**
     * Reads a pom.
     *
     * @param name file name, for messages
     * @throws InvalidSpecException if it is no pom, or can't be written again as it is
     */
    static Pom read(String name, byte[] bytes) {
        return new Pom(name, bytes, PomText.read(name, bytes));
    }

    byte[] bytes() {
        return bytes;
    }

    String text() {
        return text.text();
    }

    /**
     * Finds a declaration of the plugin, in a profile as well.
     *
     * @return the element that has it, for a message
     */
    Optional<String> declarationOf(PluginElement plugin) {
        Predicate<Element> isIt =
                element -> text(element, "groupId", DEFAULT_GROUP).equals(plugin.groupId())
                        && text(element, "artifactId", "").equals(plugin.artifactId());
        if (plugins(text.project()).anyMatch(isIt)) {
            return Optional.of("<build>");
        }
        return PomText.children(text.project(), "profiles")
                .flatMap(profiles -> PomText.children(profiles, "profile"))
                .filter(profile -> plugins(profile).anyMatch(isIt))
                .findFirst()
                .map(profile -> "profile " + text(profile, "id", "without an id"));
    }

    private static Stream<Element> plugins(Element parent) {
        return PomText.children(parent, "build")
                .flatMap(build -> PomText.children(build, "plugins"))
                .flatMap(plugins -> PomText.children(plugins, "plugin"));
    }

    /**
     * Returns the bytes of this pom with one more plugin.
     *
     * @param lines lines of the {@code <plugin>} element, indented by tabs
     * @throws InvalidSpecException if anything but the addition would differ
     */
    byte[] with(PluginElement plugin, List<String> lines) {
        byte[] result = text.encoded(new PluginInsertion(text).add(lines));
        if (!onlyAdds(result) || read(name, result).declarationOf(plugin).isEmpty()) {
            throw new InvalidSpecException(
                    name,
                    "has a form to which init can't add the plugin without other changes",
                    "Add the plugin yourself: the README shows it.");
        }
        return result;
    }

    /** Returns true if a result has all bytes of this pom, except for the end of an empty element. */
    private boolean onlyAdds(byte[] result) {
        int mismatch = Arrays.mismatch(bytes, result);
        int prefix = mismatch < 0 ? bytes.length : mismatch;
        int suffix = 0;
        while (suffix < bytes.length - prefix
                && bytes[bytes.length - 1 - suffix] == result[result.length - 1 - suffix]) {
            suffix++;
        }
        for (int at = prefix; at < bytes.length - suffix; at++) {
            if (OF_EMPTY_ELEMENT.indexOf(bytes[at]) < 0) {
                return false;
            }
        }
        return true;
    }

    private static String text(Element element, String child, String missing) {
        return PomText.children(element, child)
                .findFirst()
                .map(found -> found.textContent().strip())
                .orElse(missing);
    }
}
