package io.github.claudefleet.plan;

/** A side of a container that can change between two runs, in the words that a plan uses for it. */
enum Aspect {
    IMAGE("image"),
    PROMPT("prompt"),
    COMMAND("command"),
    ENVIRONMENT("environment"),
    MOUNTS("workspace or login"),
    NETWORK("network"),
    USER("user"),
    LIMITS("limits"),
    HARDENING("hardening"),
    RESTART_POLICY("restart policy");

    private final String value;

    Aspect(String value) {
        this.value = value;
    }

    String value() {
        return value;
    }
}
