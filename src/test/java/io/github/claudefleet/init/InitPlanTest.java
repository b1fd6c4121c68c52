package io.github.claudefleet.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.LoginMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InitPlanTest {

    private static final String POM =
            "<project>\r\n  <modelVersion>4.0.0</modelVersion>\n  <artifactId>shop</artifactId>\n</project>";

    @TempDir
    private Path top;

    private Path project;
    private Path pom;

    @BeforeEach
    void makeAProject() throws IOException {
        project = Files.createDirectories(top.resolve("work/shop"));
        pom = Files.writeString(project.resolve("pom.xml"), POM);
        Files.createDirectory(top.resolve("work/.git"));
    }

    @Test
    void nothingIsWrittenBeforeItIsAskedFor() throws IOException {
        plan(InitFixture.REVIEW);

        assertThat(files()).containsExactly("pom.xml");
        assertThat(pom).hasContent(POM);
    }

    @Test
    void thePomAndThePromptAreWritten() throws IOException {
        InitPlan plan = plan(InitFixture.REVIEW);
        plan.write();

        assertThat(files()).containsExactly("pom.xml", "src/fleet/reviewer.md");
        assertThat(plan.files()).containsExactlyElementsOf(files());
        assertThat(project.resolve("src/fleet/reviewer.md")).content().startsWith("Review this project");
        assertThat(InitPlan.declaration(pom, InitFixture.PLUGIN)).contains("<build>");
    }

    /** Git itself applies the difference, which shows that it is complete and true. */
    @ParameterizedTest
    @EnumSource(names = "CUSTOM", mode = EnumSource.Mode.EXCLUDE)
    void theDifferenceIsWhatIsWritten(Purpose purpose) throws IOException, InterruptedException {
        Path other = Files.createDirectories(top.resolve("other"));
        Files.copy(pom, other.resolve("pom.xml"));
        InitPlan plan = plan(InitFixture.request(purpose));
        plan.write();
        Path patch = Files.writeString(top.resolve("patch"), String.join("\n", plan.diff()) + "\n");
        Process git = new ProcessBuilder("git", "-c", "core.autocrlf=false", "apply", "-p1", patch.toString())
                .directory(other.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(git.getInputStream().readAllBytes());

        assertThat(git.waitFor()).as(said).isZero();
        for (String file : plan.files()) {
            assertThat(other.resolve(file)).hasSameBinaryContentAs(project.resolve(file));
        }
    }

    @Test
    void anExistingPromptIsKept() throws IOException {
        Path prompt = write("src/fleet/reviewer.md", "mine");
        InitPlan plan = plan(InitFixture.REVIEW);
        plan.write();

        assertThat(prompt).hasContent("mine");
        assertThat(plan.kept()).containsExactly("src/fleet/reviewer.md");
    }

    @Test
    void aFolderOfTasksThatExistsGetsNoExamples() throws IOException {
        write("src/fleet/worker/mine.md", "mine");
        plan(InitFixture.request(Purpose.TASKS)).write();

        assertThat(files()).containsExactly("pom.xml", "src/fleet/worker/mine.md");
    }

    @Test
    void aPromptThatDiffersFromItsFileIsRefused() throws IOException {
        write("src/fleet/agent.md", "mine");

        assertRefused(custom(Optional.of("Another one"), Optional.empty()), "has another text");
        plan(custom(Optional.of("mine"), Optional.of("src/fleet/new.md"))).write();
        assertThat(project.resolve("src/fleet/new.md")).hasContent("mine\n");
    }

    @Test
    void aPromptFileThatIsMissingIsRefused() {
        assertRefused(custom(Optional.empty(), Optional.of("src/fleet/mine.md")), "does not exist");
    }

    @Test
    void aFileThatSomebodyElseHasChangedIsLeftAlone() throws IOException {
        InitPlan plan = plan(InitFixture.REVIEW);
        Files.writeString(pom, POM + "\n");

        assertThatThrownBy(plan::write).hasMessageContaining("was changed while init was waiting");
        assertThat(files()).containsExactly("pom.xml");
    }

    @Test
    void theModeOfThePomIsKept() throws IOException {
        Files.setPosixFilePermissions(pom, PosixFilePermissions.fromString("rwxrw-r--"));
        plan(InitFixture.REVIEW).write();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(pom)))
                .isEqualTo("rwxrw-r--");
    }

    @Test
    void aReadOnlyPomIsRefused() throws IOException {
        Files.setPosixFilePermissions(pom, PosixFilePermissions.fromString("r--r--r--"));

        assertRefused(InitFixture.REVIEW, "is read-only");
    }

    @Test
    void aLinkWithinTheRepositoryIsFollowedAndStays() throws IOException {
        Path real = Files.move(pom, top.resolve("work/real.xml"));
        Files.createSymbolicLink(pom, Path.of("../real.xml"));
        plan(InitFixture.REVIEW).write();

        assertThat(pom).isSymbolicLink();
        assertThat(real).content().contains(InitFixture.ARTIFACT);
    }

    @Test
    void aLinkOutOfTheRepositoryIsRefused() throws IOException {
        Path real = Files.move(pom, top.resolve("real.xml"));
        Files.createSymbolicLink(pom, real);

        assertRefused(InitFixture.REVIEW, "leads out of the project");
        assertThat(real).hasContent(POM);
    }

    @Test
    void aFolderOfPromptsOutsideOfTheRepositoryIsRefused() throws IOException {
        Path outside = Files.createDirectories(top.resolve("outside"));
        Files.createSymbolicLink(Files.createDirectories(project.resolve("src")).resolve("fleet"), outside);

        assertRefused(InitFixture.REVIEW, "leads out of the project");
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void promptsAreRemovedAgainIfThePomCanNotBeWritten() throws IOException {
        InitPlan plan = plan(InitFixture.REVIEW);
        Files.setPosixFilePermissions(pom, PosixFilePermissions.fromString("r--r--r--"));

        assertThatThrownBy(plan::write).hasMessageContaining("is read-only");
        assertThat(files()).containsExactly("pom.xml");
    }

    @Test
    void theNearestPomIsLookedForUpToTheTopOfTheRepository() throws IOException {
        Path deep = Files.createDirectories(project.resolve("src/main/java"));
        Files.writeString(top.resolve("pom.xml"), POM);

        assertThat(InitPlan.nearestPom(deep)).contains(pom);
        Files.delete(pom);
        assertThat(InitPlan.nearestPom(deep)).isEmpty();
    }

    @Test
    void aTokenIsTakenFromTheEnvironment() {
        InitRequest request = new InitRequest(
                Purpose.REVIEW, new AgentName("one"), Optional.empty(), Optional.empty(), LoginMode.TOKEN, true);

        assertThat(String.join("", InitFixture.PLUGIN.lines(request)).replace("\t", ""))
                .contains("<auth><mode>token</mode><env>CLAUDE_CODE_OAUTH_TOKEN</env></auth>")
                .contains("<goal>start</goal><goal>await</goal><goal>stop</goal><goal>verify</goal>");
    }

    @Test
    void requestsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> custom(Optional.empty(), Optional.empty()))
                .hasMessageContaining("init.prompt is missing");
        for (String path : List.of("/etc/x", "../x.md", "a/../../x", "a b", "a//b", "<x>", ".", "C:\\x", "a/.git/x")) {
            assertThatThrownBy(() -> custom(Optional.of("x"), Optional.of(path)))
                    .as(path)
                    .hasMessageContaining("is no plain path");
        }
    }

    private static InitRequest custom(Optional<String> prompt, Optional<String> file) {
        return new InitRequest(Purpose.CUSTOM, new AgentName("agent"), prompt, file, LoginMode.LOGIN, false);
    }

    private InitPlan plan(InitRequest request) {
        return InitPlan.of(pom, InitFixture.PLUGIN, request);
    }

    private void assertRefused(InitRequest request, String problem) {
        assertThatThrownBy(() -> plan(request))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining(problem);
    }

    private Path write(String name, String text) throws IOException {
        Path file = project.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(project)) {
            return all.filter(file -> Files.isRegularFile(file))
                    .map(file -> project.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
