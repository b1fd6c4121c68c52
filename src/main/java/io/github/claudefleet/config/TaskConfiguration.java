package io.github.claudefleet.config;

/** Configuration of {@code <task>}: a prompt for one of several replicas; plain text is the prompt. */
public class TaskConfiguration {

    private String name;
    private String prompt;
    private String promptFile;

    /** Sets a plain prompt: {@code <task>Fix the parser</task>}. */
    public void set(String text) {
        prompt = text;
    }

    /** Returns the name in the pom; null if the task gets a number. */
    String name() {
        return name;
    }

    /** Returns the prompt in the pom; null if the pom names a file, or nothing. */
    String prompt() {
        return prompt;
    }

    /** Returns the file that the pom names; null if it names none. */
    String promptFile() {
        return promptFile;
    }
}
