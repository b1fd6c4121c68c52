package io.github.claudefleet.init;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.LoginMode;
import java.util.Optional;

/** Requests and elements of these tests. */
final class InitFixture {

    static final String GROUP = "io.github.claudefleet";
    static final String ARTIFACT = "claude-fleet-maven-plugin";
    static final PluginElement PLUGIN = new PluginElement(GROUP, ARTIFACT, Optional.of("1.0"));
    static final InitRequest REVIEW = request(Purpose.REVIEW);

    private InitFixture() {}

    static InitRequest request(Purpose purpose) {
        return new InitRequest(
                purpose,
                new AgentName(purpose.defaultAgent()),
                Optional.empty(),
                Optional.empty(),
                LoginMode.LOGIN,
                false);
    }
}
