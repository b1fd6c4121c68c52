package io.github.claudefleet.plan;

/** Part of a container's configuration that can change between two runs, with its name in a plan. */
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
