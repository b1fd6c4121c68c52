package io.github.claudefleet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Draws the README's terminal session as a picture. */
class TerminalPictureTest {

    private static final String PICTURE = "docs/terminal.svg";

    private static final int LINE = 20;
    private static final double CHARACTER = 8.43;

    @Test
    void thePictureIsTheReadmesSession() throws IOException {
        String drawn = picture(session());
        if (Boolean.getBoolean("update")) {
            Files.writeString(ProjectFiles.path(PICTURE), drawn);
        }
        assertThat(ProjectFiles.read(PICTURE))
                .as("%s is generated: mvn test -Dtest=TerminalPictureTest -Dupdate=true", PICTURE)
                .isEqualTo(drawn);
    }

    private static List<String> session() {
        List<String> session = ProjectFiles.read("README.md")
                .lines()
                .dropWhile(line -> !line.startsWith("$ mvn "))
                .takeWhile(line -> !line.startsWith("```"))
                .toList();
        assertThat(session).hasSizeGreaterThan(10);
        return session;
    }

    private static String picture(List<String> lines) {
        int longest = lines.stream().mapToInt(String::length).max().orElseThrow();
        int width = (int) (longest * CHARACTER) + 2 * LINE;
        int height = (lines.size() + 3) * LINE;
        String text = IntStream.range(0, lines.size())
                .mapToObj(index -> "  <text x=\"%d\" y=\"%d\" fill=\"%s\" xml:space=\"preserve\">%s</text>%n"
                        .formatted(LINE, (index + 3) * LINE, colour(lines.get(index)), escaped(lines.get(index))))
                .collect(Collectors.joining())
                .replace("\r", "");
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d"
                     font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14">
                  <rect width="%1$d" height="%2$d" rx="8" fill="#1b1f27"/>
                  <circle cx="22" cy="20" r="6" fill="#ff5f57"/>
                  <circle cx="42" cy="20" r="6" fill="#febc2e"/>
                  <circle cx="62" cy="20" r="6" fill="#28c840"/>
                %3$s</svg>
                """.formatted(width, height, text);
    }

    private static String colour(String line) {
        return line.startsWith("$") ? "#7fd1ff" : line.matches(".*(verified|done, ).*") ? "#8ce99a" : "#d7dce5";
    }

    private static String escaped(String line) {
        return line.replace("&", "&amp;").replace("<", "&lt;");
    }
}
