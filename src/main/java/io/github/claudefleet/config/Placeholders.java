package io.github.claudefleet.config;

import io.github.claudefleet.spec.InvalidSpecException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces placeholders in a prompt: <code>${…}</code> by a property of the build, <code>{{…}}</code> by a value of the
 * fleet or of the pom's {@code <placeholders>}. An unknown placeholder is an error, because it would reach the model
 * unchanged. A backslash before a placeholder, or a second dollar sign, keeps it unchanged.
 *
 * @param properties properties of the build
 * @param values values of the fleet and the pom, by name
 */
record Placeholders(Function<String, Optional<String>> properties, Map<String, String> values) {

    private static final Pattern PLACEHOLDER =
            Pattern.compile("(?<kept>\\\\|\\$)?(?:\\$\\{(?<property>[\\w.-]+)}|\\{\\{ *(?<value>[\\w.-]+) *}})");

    /** @throws InvalidSpecException if a placeholder is unknown */
    String resolve(String text) {
        return PLACEHOLDER.matcher(text).replaceAll(match -> Matcher.quoteReplacement(replacement(match)));
    }

    private String replacement(MatchResult match) {
        String property = match.group(2);
        String value = match.group(3);
        boolean dollars = "$".equals(match.group(1));
        if (match.group(1) != null && (property != null || !dollars)) {
            return match.group().substring(1);
        }
        if (property != null) {
            return properties.apply(property).orElseThrow(() -> unknownProperty(property));
        }
        String known = Optional.ofNullable(values.get(value)).orElseThrow(() -> unknownValue(value));
        return dollars ? "$" + known : known;
    }

    private InvalidSpecException unknownProperty(String name) {
        return new InvalidSpecException(
                "agent.prompt",
                "has ${" + name + "}, which is no property of this build",
                "Define it, or write $${" + name + "} (in a prompt file) where the model shall see it so.");
    }

    private InvalidSpecException unknownValue(String name) {
        return new InvalidSpecException(
                "agent.prompt",
                "has {{" + name + "}}, which is no placeholder",
                "Use one of " + new TreeSet<>(values.keySet()) + ", add it to <placeholders>, or write \\{{" + name
                        + "}} where the model shall see it so.");
    }
}
