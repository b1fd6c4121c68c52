package io.github.claudefleet.standin;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Stand-in on loopback for all tests of a class, for containers that share this machine's network. */
public final class StandInExtension implements BeforeAllCallback, AfterAllCallback {

    private AnthropicStandIn standIn;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        standIn = AnthropicStandIn.start(StandInOptions.onLoopback());
    }

    /** Returns its address, for {@code ANTHROPIC_BASE_URL}. */
    public String address() {
        return standIn.http().toString();
    }

    public StandInControl control() {
        return new StandInControl(standIn.http());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        standIn.close();
    }
}
