package io.github.claudefleet.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.auth.Terminal;
import io.github.claudefleet.init.InitRequest;
import io.github.claudefleet.init.Purpose;
import io.github.claudefleet.spec.LoginMode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;

class InitQuestionsTest {

    private static final InitQuestions.Given NOTHING = new InitQuestions.Given(null, null, null, null, null, null);

    private final Person person = new Person();

    @Test
    void batchModeTakesTheDefaultsWithoutAQuestion() throws Exception {
        InitRequest request = questions().complete(NOTHING, false);

        assertThat(person.asked).isEmpty();
        assertThat(request.purpose()).isEqualTo(Purpose.REVIEW);
        assertThat(request.agent().value()).isEqualTo("reviewer");
        assertThat(request.login()).isEqualTo(LoginMode.LOGIN);
        assertThat(request.bound()).isFalse();
    }

    @Test
    void eachAnswerCounts() throws Exception {
        person.answers.addAll(List.of("custom", "writer", "Write a README", "token", "yes"));

        InitRequest request = questions().complete(NOTHING, true);

        assertThat(request.purpose()).isEqualTo(Purpose.CUSTOM);
        assertThat(request.prompt()).contains("Write a README");
        assertThat(request.promptPath()).isEqualTo("src/fleet/writer.md");
        assertThat(request.login()).isEqualTo(LoginMode.TOKEN);
        assertThat(request.bound()).isTrue();
    }

    @Test
    void nothingIsAskedThatAPropertyAnswers() throws Exception {
        questions().complete(new InitQuestions.Given("tasks", "one", null, null, "apiKey", false), true);

        assertThat(person.asked).isEmpty();
    }

    @Test
    void withoutInputTheWayIsBatchMode() {
        person.there = false;

        assertThatThrownBy(() -> questions().complete(NOTHING, true)).hasMessageContaining("Call init with -B");
    }

    @Test
    void aPersonWhoLeavesGetsNothingWritten() {
        assertThatThrownBy(() -> questions().complete(NOTHING, true)).hasMessageContaining("Nothing was written");
    }

    private InitQuestions questions() {
        return new InitQuestions(person, new SystemStreamLog());
    }

    /** Person with prepared answers, who then leaves. */
    private static final class Person implements Terminal {

        private final Deque<String> answers = new ArrayDeque<>();
        private final List<String> asked = new ArrayList<>();
        private boolean there = true;

        @Override
        public boolean canAsk() {
            return there;
        }

        @Override
        public void show(String text) {}

        @Override
        public Optional<String> ask(String prompt, Duration limit) {
            asked.add(prompt);
            return Optional.ofNullable(answers.poll());
        }

        @Override
        public boolean hasBrowser() {
            return false;
        }

        @Override
        public Optional<String> browse(String address) {
            return Optional.of("there is none");
        }
    }
}
