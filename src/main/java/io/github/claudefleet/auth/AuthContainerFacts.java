package io.github.claudefleet.auth;

import io.github.claudefleet.claude.CliVersion;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Facts about an auth container, read with one small command. */
public final class AuthContainerFacts {

    private static final Pattern PROOF = Pattern.compile("(\\d{1,12}) (\\S+) (\\S+)");
    private static final String SETTINGS = "settings ";

    private final String containerId;
    private final Map<String, String> facts;

    private AuthContainerFacts(String containerId, Map<String, String> facts) {
        this.containerId = containerId;
        this.facts = facts;
    }

    /** @param output lines of the form {@code name=value}; a later line overrides an earlier one of its name */
    static AuthContainerFacts of(String containerId, String output) {
        return new AuthContainerFacts(
                containerId,
                output.lines()
                        .map(line -> line.split("=", 2))
                        .filter(pair -> pair.length == 2)
                        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (first, second) -> second)));
    }

    /** Returns the digest of the kit in its volume; empty if there is none. */
    public String kitDigest() {
        return get("digest");
    }

    /** Returns the id of the trace to which the fleet's run belongs; empty if there is none. */
    public String trace() {
        return get("trace");
    }

    /**
     * Returns the digest of the token or key in its memory; empty if there is none, as after a restart of the engine.
     */
    public String secretsDigest() {
        return get("secrets");
    }

    /** Returns the digest of the origin of the identity token in its memory; empty if there is none. */
    public String identityDigest() {
        return get("identity");
    }

    /** Returns the digest of Maven's settings in its memory; empty if there are none. */
    public String mavenDigest() {
        return get("maven");
    }

    /** Returns the commands that a fleet needs and the image lacks. */
    public List<String> lacks() {
        return get("lacks").lines().flatMap(line -> Stream.of(line.split(" "))).toList();
    }

    /** Checks whether the self-test was run with this container's CLI, not with that of an earlier container. */
    public boolean selfTested() {
        return get("selftest").startsWith(containerId + " ");
    }

    /** Returns the version of the CLI; empty if there is no CLI, or it reports no version. */
    public Optional<CliVersion> cli() {
        return CliVersion.parse(get("cli"));
    }

    /** Returns the settings files that the CLI reads, by path, each as one line. */
    SortedMap<String, String> settings() {
        SortedMap<String, String> settings = new TreeMap<>();
        facts.forEach((name, value) -> {
            if (name.startsWith(SETTINGS)) {
                settings.put(name.substring(SETTINGS.length()), value);
            }
        });
        return settings;
    }

    /** Returns the last proof of the credential with that stamp; empty if it was never proved. */
    Optional<Proof> proof(String stamp) {
        Matcher matcher = PROOF.matcher(get("proved"));
        if (!matcher.matches() || !matcher.group(2).equals(stamp)) {
            return Optional.empty();
        }
        long seconds = Long.parseLong(facts.getOrDefault("now", "0")) - Long.parseLong(matcher.group(1));
        return Optional.of(new Proof(Duration.ofSeconds(Math.max(0, seconds)), matcher.group(3)));
    }

    private String get(String fact) {
        return facts.getOrDefault(fact, "");
    }

    /**
     * Proof by a request that was answered.
     *
     * @param ago time since the request
     * @param method login method that the CLI reported
     */
    record Proof(Duration ago, String method) {}
}
