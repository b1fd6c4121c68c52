package io.github.claudefleet.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.spec.MergePolicy;
import io.github.claudefleet.spec.PosixLocale;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** File names with any letters that git allows: a JVM of JDK 17 with the POSIX locale has only ASCII for paths. */
@ExtendWith(PersonUnharmed.class)
class PosixLocaleTest {

    @TempDir
    private Path temp;

    /** Part that runs with that locale: integrates the work in a workspace, and cleans. */
    static final class Bringing {

        private Bringing() {}

        public static void main(String[] arguments) {
            Path temp = Path.of(arguments[0]);
            AgentAtWork agent = AgentAtWork.start(
                    temp.resolve("project"),
                    temp.resolve("workspaces"),
                    WorkspaceStrategy.WORKTREE,
                    MergePolicy.BRANCH);
            run(
                    agent.place().tree(),
                    "printf new >\"$(printf '\\303\\234bersicht.md')\" && mkdir -p \"$(printf 'gr\\303\\266\\303\\237e')/x\""
                            + " && git init -q \"$(printf 'gr\\303\\266\\303\\237e')/x\" && printf '\\377' >\"$(printf '\\377')\"");
            agent.git("checkout", "--quiet", "-b", "other");
            IntegrationResult integrated = agent.integrateChanges();
            System.out.println(integrated.outcome() + " " + integrated.changes().files() + " "
                    + integrated.changes().warnings().size());
            System.out.println(agent.clean(true));
        }

        private static void run(Path directory, String script) {
            try {
                new ProcessBuilder("sh", "-c", script)
                        .directory(directory.toFile())
                        .inheritIO()
                        .start()
                        .waitFor();
            } catch (java.io.IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void namesOutsideOfAsciiComeHome() throws Exception {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        pat.write("geändert.secret", "mine").write(".worktreeinclude", "*.secret\n");

        assertThat(PosixLocale.run(Bringing.class, temp.toString())).containsExactly("BRANCH 2 1", "[]");
    }
}
