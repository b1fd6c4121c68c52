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
 * What stands for something else in a prompt: <code>${…}</code> for a property of the build, <code>{{…}}</code> for what
 * the fleet knows or the pom's {@code <placeholders>} say. One that nobody knows is an error, since it would reach the
 * model as it is. A backslash before one, or a second dollar sign, keeps it as it is.
 *
 * @param properties the build's
 * @param values the names that the fleet and the pom know
 */
record Placeholders(Function<String, Optional<String>> properties, Map<String, String> values) {

    private static final Pattern PLACEHOLDER =
            Pattern.compile("(?<kept>\\\\|\\$)?(?:\\$\\{(?<property>[\\w.-]+)}|\\{\\{ *(?<value>[\\w.-]+) *}})");

    /** @throws InvalidSpecException if there is one that is unknown */
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
