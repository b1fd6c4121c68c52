package io.github.claudefleet.spec;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Rehearsal of a fleet: a stand-in answers in the service's place.
 *
 * @param scripts directory with the agents' scripts; one that does not exist has none
 */
public record Rehearsal(Path scripts) {

    /** Word that marks everything that comes of a rehearsal. */
    public static final String MARK = "REHEARSAL";

    /** Port of the stand-in in the gateway's container. */
    public static final int PORT = 8377;

    private static final String SUFFIX = "-rehearsal";
    private static final int LONGEST = 40;

    /** Variables that lead the CLI to another service. */
    private static final Pattern OF_SERVICES = Pattern.compile("CLAUDE_CODE_USE_\\w+|ANTHROPIC_(?:\\w+_)?BASE_URL");

    /** Returns the name of the rehearsal of a fleet, which is another fleet. */
    public static FleetName nameOf(FleetName fleet) {
        String name = fleet.value();
        int most = LONGEST - SUFFIX.length();
        if (name.length() > most) {
            String hash = new Sha256().add(name).shortHex();
            name = name.substring(0, most - hash.length() - 1) + "-" + hash;
        }
        return new FleetName(name + SUFFIX);
    }

    /** Checks whether a fleet's name is that of a rehearsal; no other fleet has such a name. */
    public static boolean isOf(FleetName fleet) {
        return fleet.value().endsWith(SUFFIX);
    }

    /** Returns the beginning of a title about a fleet, which marks a rehearsal; empty for another fleet. */
    public static String mark(FleetName fleet) {
        return isOf(fleet) ? MARK + ": " : "";
    }

    /** Returns an environment without the variables that lead the CLI to another service. */
    static SortedMap<String, String> withoutServices(SortedMap<String, String> environment) {
        SortedMap<String, String> others = new TreeMap<>(environment);
        List.copyOf(others.keySet()).stream()
                .filter(name -> OF_SERVICES.matcher(name).matches())
                .forEach(others::remove);
        return others;
    }
}
