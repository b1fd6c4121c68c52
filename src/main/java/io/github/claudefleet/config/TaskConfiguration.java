package io.github.claudefleet.config;

/** {@code <task>}: a prompt for one of several replicas; a plain text is taken as the prompt. */
public class TaskConfiguration {

    private String name;
    private String prompt;
    private String promptFile;

    /** Takes a plain prompt: {@code <task>Fix the parser</task>}. */
    public void set(String text) {
        prompt = text;
    }

    /** What the pom calls it; null where it is only a number. */
    String name() {
        return name;
    }

    /** What the pom says; null where it names a file, or nothing. */
    String prompt() {
        return prompt;
    }

    /** The file that the pom names; null where it has the prompt itself. */
    String promptFile() {
        return promptFile;
    }
}
