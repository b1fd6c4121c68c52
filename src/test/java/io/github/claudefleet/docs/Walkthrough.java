package io.github.claudefleet.docs;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Blocks of a page that a reader types or writes, as comments before them mark them. */
public final class Walkthrough {

    private static final Pattern BLOCK =
            Pattern.compile("<!-- (?:run(: sign in)?|file: (\\S+)) -->\\n```\\w+\\n(.*?)\\n```", Pattern.DOTALL);

    private Walkthrough() {}

    /** Returns the steps, in order. A block of commands without a mark is an error: a reader would type it, too. */
    public static List<Step> of(String page) {
        List<Step> steps = BLOCK.matcher(page).results().map(Walkthrough::step).toList();
        long commands = page.lines().filter(line -> line.equals("```sh")).count();
        long run = steps.stream().filter(step -> step.file().isEmpty()).count();
        if (run == 0 || run != commands) {
            throw new AssertionError(run + " of " + commands + " blocks of commands are marked to be run");
        }
        return steps;
    }

    private static Step step(MatchResult match) {
        return new Step(match.group(3), match.group(1) != null, Optional.ofNullable(match.group(2)));
    }

    /**
     * One block.
     *
     * @param text commands, or the content of a file
     * @param signsIn if a person signs in while the commands run
     * @param file path of the file to write; empty for commands
     */
    public record Step(String text, boolean signsIn, Optional<String> file) {}
}
