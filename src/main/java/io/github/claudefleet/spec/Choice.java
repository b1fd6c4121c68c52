package io.github.claudefleet.spec;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds the constant that a word of the pom stands for, and lists the words when there is none. */
final class Choice {

    private Choice() {}

    static <E extends Enum<E>> E of(String parameter, String word, E[] constants, Function<E, String> wordOf) {
        return Arrays.stream(constants)
                .filter(constant -> wordOf.apply(constant).equals(word))
                .findFirst()
                .orElseThrow(() -> new InvalidSpecException(
                        parameter,
                        "\"" + word + "\" is unknown",
                        "Use one of: " + Arrays.stream(constants).map(wordOf).collect(Collectors.joining(", ")) + "."));
    }
}
