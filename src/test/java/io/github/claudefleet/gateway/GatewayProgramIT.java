package io.github.claudefleet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.it.DockerCommand;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Unit tests of the gateway's program, in the gateway's own image, since the fast lane may have no node. */
class GatewayProgramIT {

    @Test
    void theUnitTestsOfTheProgramPass() throws Exception {
        Path tests = Path.of("src", "test", "resources", "io", "github", "claudefleet", "gateway");
        String output = new DockerCommand()
                .run(
                        "run",
                        "--rm",
                        "--network=none",
                        "--volume=" + tests.toAbsolutePath() + ":/tests:ro",
                        "--entrypoint=node",
                        GatewayImage.ensure(),
                        "--test",
                        "/tests/decision.test.mjs");

        assertThat(output).contains("# fail 0").doesNotContain("# pass 0");
    }
}
