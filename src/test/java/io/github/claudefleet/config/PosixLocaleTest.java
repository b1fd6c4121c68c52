package io.github.claudefleet.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.PathText;
import io.github.claudefleet.spec.PosixLocale;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names with non-ASCII letters in a JVM with the POSIX locale, in which Java itself rejects them. */
class PosixLocaleTest {

    private static final String PROMPT = "Pr\u00fcfung/\u00e4 100%20.md";

    @TempDir
    private Path folder;

    @Test
    void filesThatThePomNamesAreFoundInThePosixLocale() throws IOException, InterruptedException {
        Path file = folder.resolve(PROMPT);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "Gr\u00fc\u00dfe");

        assertThat(PosixLocale.run(PosixLocaleTest.class, folder.toString()))
                .containsExactly("refused by Java", "Gr\\u00fc\\u00dfe", "the same", "the same", "the same", "1 task");
    }

    @Test
    void inOtherLocalesPathsAreWhatTheyAre() {
        assertThat(PathText.resolve(folder, PROMPT)).isEqualTo(folder.resolve(PROMPT));
        assertThat(PathText.of(folder.resolve(PROMPT))).isEqualTo(folder + "/" + PROMPT);
        assertThat(PathText.of(folder)).isEqualTo(folder.toString());
    }

    /** Entry point of the separate process. */
    public static void main(String[] arguments) {
        Path base = Path.of(arguments[0]);
        try {
            base.resolve(PROMPT);
        } catch (InvalidPathException e) {
            System.out.println("refused by Java");
        }
        Path found = HostPaths.resolve("~/" + PROMPT, Path.of("/"), HomeDirectory.at(base));
        System.out.println(escaped(PromptFiles.read("agent.promptFile", found)));
        String whole = arguments[0] + "/" + PROMPT;
        System.out.println(PathText.of(found).equals(whole) ? "the same" : escaped(PathText.of(found)));
        System.out.println(PathText.absolute(whole).equals(found) ? "the same" : "another");
        System.out.println(PathText.of(new File(whole)).equals(found) ? "the same" : "another");
        System.out.println(
                TaskTexts.from(PathText.resolve(base, "Pr\u00fcfung")).texts().size() + " task");
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars()
                .forEach(letter -> escaped.append(
                        letter < 128 ? String.valueOf((char) letter) : String.format("\\u%04x", letter)));
        return escaped.toString();
    }
}
