package io.github.claudefleet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.docs.PluginDescriptor.Goal;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.NodeList;

class GoalsReferenceTest {

    private static final String REFERENCE = "docs/goals.md";
    private static final String ECLIPSE = "src/main/resources/META-INF/m2e/lifecycle-mapping-metadata.xml";

    private static final Pattern SENTENCES =
            Pattern.compile("(?!What |Who |How |Whether |Where |If )[A-Z].*[.]", Pattern.DOTALL);

    private final List<Goal> goals = PluginDescriptor.goals();

    @Test
    void theReferenceIsWhatTheDescriptorSays() throws IOException {
        String generated = GoalsReference.of(goals);
        if (Boolean.getBoolean("update")) {
            Files.writeString(ProjectFiles.path(REFERENCE), generated);
        }
        assertThat(ProjectFiles.read(REFERENCE))
                .as("%s is generated: mvn test -Dtest=GoalsReferenceTest -Dupdate=true", REFERENCE)
                .isEqualTo(generated);
    }

    @Test
    void aPersonCanLookUpWhatEachGoalAndParameterIsFor() {
        assertThat(goals).isNotEmpty().allSatisfy(goal -> {
            assertThat(goal.description()).as(goal.name()).isNotBlank();
            assertThat(goal.parameters())
                    .allSatisfy(parameter -> assertThat(parameter.description())
                            .as(goal.name() + " " + parameter.name())
                            .isNotBlank());
        });
    }

    @Test
    void eachDescriptionIsPlainSentences() {
        // Maven's plugin tools word the goal help.
        List<Goal> ours =
                goals.stream().filter(goal -> !goal.name().equals("help")).toList();

        assertThat(ours).allSatisfy(goal -> {
            assertThat(goal.description()).as(goal.name()).matches(SENTENCES);
            assertThat(goal.parameters())
                    .allSatisfy(parameter -> assertThat(parameter.description())
                            .as(goal.name() + " " + parameter.name())
                            .matches(SENTENCES));
        });
    }

    @Test
    void anImportIntoEclipseRunsNoGoal() {
        NodeList ignored = ProjectFiles.xml(ECLIPSE).getElementsByTagName("goal");
        assertThat(IntStream.range(0, ignored.getLength())
                        .mapToObj(index -> ignored.item(index).getTextContent()))
                .as("the goals in %s", ECLIPSE)
                .containsExactlyInAnyOrderElementsOf(
                        goals.stream().map(Goal::name).toList());
    }
}
