package io.github.claudefleet.spec;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds the constant that a word of the pom stands for, and lists the words when there is none. */
final class EnumParser {

    private EnumParser() {}

    static <E extends Enum<E>> E of(String parameter, String value, E[] constants, Function<E, String> valueOf) {
        return Arrays.stream(constants)
                .filter(constant -> valueOf.apply(constant).equals(value))
                .findFirst()
                .orElseThrow(() -> new InvalidSpecException(
                        parameter,
                        "\"" + value + "\" is unknown",
                        "Use one of: " + Arrays.stream(constants).map(valueOf).collect(Collectors.joining(", "))
                                + "."));
    }
}
