package io.github.claudefleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudefleet.auth.AuthContainer;
import io.github.claudefleet.auth.AuthContainerFacts;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.engine.FakeEngine;
import io.github.claudefleet.plan.ImageTarget;
import io.github.claudefleet.spec.ImageSpec;
import io.github.claudefleet.spec.ImageSpec.BuildOptions;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.PullPolicy;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class ImageCheckTest {

    private static final String AUTH = "c-auth";
    private static final BuildOptions PLAIN = new BuildOptions(Optional.empty(), Optional.empty());
    private static final ImageSpec NAMED = new ImageSpec.Named("acme/agent:1", PullPolicy.MISSING);

    private final FakeEngine engine = new FakeEngine();

    @Test
    void anImageThatHasEverythingWillDo() throws InterruptedException {
        says("digest=abc\nsecrets=def\nselftest=c-auth yes\nproved=\nnow=1060\nlacks=\n");

        AuthContainerFacts facts = look(NAMED);

        assertThat(facts.kitDigest()).isEqualTo("abc");
        assertThat(facts.secretsDigest()).isEqualTo("def");
        assertThat(facts.selfTested()).isTrue();
        assertThat(facts.lacks()).isEmpty();
    }

    @Test
    void whatAnotherContainerLearnedBeforeItIsNotTakenForItsOwn() throws InterruptedException {
        says("digest=abc\nselftest=c-former yes\n");

        assertThat(look(NAMED).selfTested()).isFalse();
    }

    @Test
    void whatAnImageLacksIsSaidInOneMessage() {
        says("digest=\nlacks=claude timeout \n");

        InvalidSpecException refusal = refusal(NAMED);

        assertThat(refusal).hasMessage("image.name acme/agent:1 lacks: claude, timeout");
        assertThat(refusal.suggestion())
                .isEqualTo("Use an image that has them, or leave image.name out for the bundled image.");
    }

    @Test
    void anImageThatIsBuiltIsNamedByWhatItIsBuiltFrom() {
        says("lacks=grep \n");

        ImageSpec own = new ImageSpec.FromDockerfile(Path.of("/shop/Dockerfile"), "2.0.1", PullPolicy.MISSING, PLAIN);
        assertThat(refusal(own)).hasMessage("image.dockerfile acme/agent:1 lacks: grep");
        ImageSpec bundled = new ImageSpec.Bundled("node:24", "2.0.1", PullPolicy.MISSING, PLAIN);
        assertThat(refusal(bundled)).hasMessage("image.base acme/agent:1 lacks: grep");
        assertThat(refusal(bundled).suggestion()).isEqualTo("Use an image that has it.");
    }

    /** The engine restarts such a container again and again. */
    @ParameterizedTest
    @EnumSource(names = {"EXITED", "RESTARTING"})
    void anImageWithoutAShellIsToldByHowItsContainerEnded(ContainerState state) {
        auth(state, Optional.of(127));
        engine.prints(AUTH, "exec /bin/sh failed: No such file or directory");
        engine.program(request -> {
            throw new EngineException(Kind.CONFLICT, "exec", "the container is not running", "", null);
        });

        InvalidSpecException refusal = refusal(NAMED);

        assertThat(refusal)
                .hasMessage(
                        "image.name acme/agent:1 can't be used: the auth container ended at once with exit status 127"
                                + " (most likely the image has no /bin/sh); its last words:"
                                + " exec /bin/sh failed: No such file or directory");
        assertThat(refusal.suggestion())
                .isEqualTo("Use an image with /bin/sh in it, or leave image.name out for the bundled image.");
    }

    @Test
    void aCommandThatFailsInALivingContainerIsTheEnginesToTell() {
        auth(ContainerState.RUNNING, Optional.empty());
        engine.program(request -> new ExecResult(126, "", "no such file"));

        assertThat(catchThrowableOfType(EngineException.class, () -> look(NAMED)))
                .hasMessage("run /bin/sh in the auth container: no such file");
    }

    private void says(String output) {
        auth(ContainerState.RUNNING, Optional.empty());
        engine.program(request -> new ExecResult(0, output, ""));
    }

    private void auth(ContainerState state, Optional<Integer> exitCode) {
        engine.put(new ContainerObservation(
                AUTH,
                "claude-fleet-shop-c0ffee00-auth",
                Map.of(),
                "acme/agent:1",
                "sha256:1",
                state,
                exitCode,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false));
    }

    private InvalidSpecException refusal(ImageSpec spec) {
        return catchThrowableOfType(InvalidSpecException.class, () -> look(spec));
    }

    private AuthContainerFacts look(ImageSpec spec) throws InterruptedException {
        return new ImageCheck(engine, new ImageTarget("acme/agent:1", spec)).into(new AuthContainer(engine, AUTH));
    }
}
