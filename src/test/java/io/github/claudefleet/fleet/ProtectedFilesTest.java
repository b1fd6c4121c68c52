package io.github.claudefleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.spec.PosixLocale;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProtectedFilesTest {

    private static final List<String> CHANGED = List.of(
            "pom.xml",
            "cart/src/test/ATest.java",
            "src/test/BTest.java",
            "cart/src/main/A.java",
            "pr\u00fcfungen/\u00e4ltere/C.java",
            "\u00fcbersicht.md");

    @Test
    void globsAreFromTheAgentsDirectoryOrFromTheRoot() {
        assertThat(protectedBy("cart", "src/test/**"))
                .containsExactly("cart/src/test/ATest.java", "src/test/BTest.java");
        assertThat(protectedBy("cart", "cart/src/{test,it}/*.java")).containsExactly("cart/src/test/ATest.java");
        assertThat(protectedBy("", "src/test/**")).containsExactly("src/test/BTest.java");
        assertThat(protectedBy("car", "t/src/test/**")).isEmpty();
        assertThat(protectedBy("", "*.md", "pr\u00fcfungen/**")).containsExactly(CHANGED.get(4), CHANGED.get(5));
    }

    @Test
    void namesOutsideOfAsciiAreProtectedInThePosixLocale() throws Exception {
        assertThat(PosixLocale.run(ProtectedFilesTest.class))
                .containsExactly(
                        "1 of **/C.java", "1 of pr?fungen/**", "1 of pr\u00fcfungen/\u00e4*/**", "0 of src/**/C.java");
    }

    /** Entry point of the separate process. */
    public static void main(String[] arguments) {
        for (String glob : List.of("**/C.java", "pr?fungen/**", "pr\u00fcfungen/\u00e4*/**", "src/**/C.java")) {
            byte[] line =
                    (protectedBy("pr\u00fcf", glob).size() + " of " + glob + "\n").getBytes(StandardCharsets.UTF_8);
            System.out.write(line, 0, line.length);
        }
        System.out.flush();
    }

    private static List<String> protectedBy(String own, String... globs) {
        return new ProtectedFiles(List.of(globs), own).among(CHANGED);
    }
}
