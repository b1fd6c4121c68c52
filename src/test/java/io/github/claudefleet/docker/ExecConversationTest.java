package io.github.claudefleet.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests without an engine; {@link DockerEngineContract} runs commands on a real one. */
class ExecConversationTest {

    @Test
    void aCommandThatIsKnownToHaveEndedIsToldNothingThoughItsConnectionIsStillThere() {
        ExecConversation conversation = new ExecConversation("exec in 4ffb", () -> Optional.of(9));
        assertThat(conversation.exitCode()).hasValue(9);

        EngineException failure = catchThrowableOfType(EngineException.class, () -> conversation.send("more"));

        assertThat(failure.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(failure).hasMessage("exec in 4ffb: the conversation is over");
    }
}
