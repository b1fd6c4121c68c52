package io.github.claudefleet.spec;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds the constant for a value of the pom. If there is none, the error lists the valid values. */
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
