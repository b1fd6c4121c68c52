package io.github.claudefleet.init;

import io.github.claudefleet.spec.PluginFile;
import java.util.Map;
import java.util.TreeMap;

/** Prompt files of a new fleet. */
final class PromptTemplates {

    private static final String FIRST_TASK = "01-readme.md";
    private static final String SECOND_TASK = "02-dead-code.md";

    private PromptTemplates() {}

    /** Returns the texts of the prompt files by their paths, which are relative to the pom's directory. */
    static Map<String, String> of(InitRequest request) {
        Map<String, String> files = new TreeMap<>();
        String path = request.promptPath();
        if (request.purpose() == Purpose.TASKS) {
            files.put(path + "/" + FIRST_TASK, resource(FIRST_TASK));
            files.put(path + "/" + SECOND_TASK, resource(SECOND_TASK));
        } else if (request.prompt().isPresent()) {
            files.put(path, request.prompt().get().stripTrailing() + "\n");
        } else if (request.purpose() != Purpose.CUSTOM) {
            files.put(path, resource(request.purpose().value() + ".md"));
        }
        return files;
    }

    private static String resource(String name) {
        return PluginFile.text(PromptTemplates.class, name);
    }
}
