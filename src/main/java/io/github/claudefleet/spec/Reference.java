package io.github.claudefleet.spec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reference of a prompt to what another agent made: <code>{{answer:AGENT}}</code> or <code>{{answer:AGENT/TASK}}</code>.
 *
 * @param kind what is referred to
 * @param agent name of the agent in the pom
 * @param task the only task that is referred to, or empty for all
 */
public record Reference(Kind kind, AgentName agent, Optional<String> task) {

    /** A backslash keeps the text as it is. */
    private static final Pattern REFERENCE =
            Pattern.compile("(\\\\)?\\{\\{ *([\\w-]+) *: *([\\w.-]+)(?:/([\\w.-]+))? *}}");

    /** Kinds of what can be referred to. */
    public enum Kind {
        /** Last message as text. */
        ANSWER,
        /** Structured answer. */
        JSON,
        /** Branch with the agent's changes. */
        BRANCH,
        /** File in the container with the agent's changes. */
        PATCH,
        /** Outcome of the task. */
        OUTCOME;

        private static Optional<Kind> of(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.name().equalsIgnoreCase(word))
                    .findFirst();
        }
    }

    /**
     * Returns the references of a prompt.
     *
     * @throws InvalidSpecException if one is of an unknown kind
     */
    public static List<Reference> in(String prompt) {
        List<Reference> all = new ArrayList<>();
        replace(prompt, reference -> {
            all.add(reference);
            return "";
        });
        return all;
    }

    /** Replaces the references of a prompt, all at once: what replaces one is not searched for others. */
    public static String replace(String prompt, Function<Reference, String> replacement) {
        return REFERENCE
                .matcher(prompt)
                .replaceAll(match -> Matcher.quoteReplacement(
                        match.group(1) == null
                                ? replacement.apply(parse(match))
                                : match.group().substring(1)));
    }

    private static Reference parse(MatchResult match) {
        Kind kind = Kind.of(match.group(2))
                .orElseThrow(() -> new InvalidSpecException(
                        "agent.prompt",
                        "has " + match.group() + ", which is no placeholder",
                        "Use one of "
                                + Arrays.stream(Kind.values())
                                        .map(Kind::toString)
                                        .collect(Collectors.joining(", ")) + ", or write \\" + match.group()
                                + " where the model shall see it so."));
        return new Reference(kind, new AgentName(match.group(3)), Optional.ofNullable(match.group(4)));
    }

    /** Returns the name of the agent or the task. */
    public String target() {
        return agent + task.map(name -> "/" + name).orElse("");
    }

    /** Returns the placeholder. */
    @Override
    public String toString() {
        return "{{" + kind.name().toLowerCase(Locale.ROOT) + ":" + target() + "}}";
    }
}
