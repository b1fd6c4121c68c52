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
    ENDURANCE("restart policy");

    private final String word;

    Aspect(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }
}
