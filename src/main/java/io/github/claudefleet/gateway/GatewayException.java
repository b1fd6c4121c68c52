package io.github.claudefleet.gateway;

import java.util.List;

/** Exception for a gateway that is not at work. No agent is started without it. */
public class GatewayException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param reason what did not happen
     * @param lastLines lines that the gateway printed last, or empty
     */
    public GatewayException(String reason, List<String> lastLines) {
        super("The fleet's gateway is not at work: " + reason + "; "
                + (lastLines.isEmpty() ? "it printed nothing." : "its last lines:\n  " + String.join("\n  ", lastLines))
                + "\nNo agent is started without it. See \"The gateway\" in docs/troubleshooting.md.");
    }
}
