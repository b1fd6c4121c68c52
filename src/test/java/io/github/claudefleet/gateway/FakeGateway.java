package io.github.claudefleet.gateway;

import io.github.claudefleet.engine.ExecRequest;
import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.engine.FakeEngine;
import io.github.claudefleet.engine.UploadFile;
import io.github.claudefleet.spec.ContainerPaths;
import io.github.claudefleet.spec.Sha256;
import java.util.List;
import java.util.Optional;

/** Answers of a gateway's container: it takes each policy that is uploaded, unless a test says otherwise. */
public final class FakeGateway {

    private final FakeEngine engine;
    private final String ca;
    private boolean comesUp = true;
    private boolean takesPolicies = true;

    /** @param ca its CA in PEM */
    public FakeGateway(FakeEngine engine, String ca) {
        this.engine = engine;
        this.ca = ca;
    }

    /** Never makes its CA. */
    public FakeGateway staysDown() {
        comesUp = false;
        return this;
    }

    /** Refuses all policies. */
    public FakeGateway refusesPolicies() {
        takesPolicies = false;
        return this;
    }

    /** Returns the result of a command; empty if the command is none that a gateway gets. */
    public Optional<ExecResult> answer(ExecRequest request) {
        List<String> command = request.command();
        if (command.size() < 5 || !command.get(2).contains("/in-force")) {
            return Optional.empty();
        }
        if (!comesUp) {
            return Optional.of(new ExecResult(1, "", ""));
        }
        boolean waits = !command.get(4).equals(ContainerPaths.GATEWAY);
        return Optional.of(
                waits
                        ? new ExecResult(inForce(request, 4).equals(command.get(5)) ? 0 : 1, "", "")
                        : new ExecResult(0, inForce(request, 5) + "\n" + ca, ""));
    }

    /** Returns the digest of the policy that the directory has, if there is a trust store too. */
    private String inForce(ExecRequest request, int directory) {
        String id = request.containerId();
        return takesPolicies && !engine.uploadedTo(id, ContainerPaths.GATEWAY).isEmpty()
                ? engine.uploadedTo(id, request.command().get(directory)).stream()
                        .filter(file -> file.path().equals(GatewayPolicy.FILE))
                        .map(UploadFile::content)
                        .map(content -> new Sha256().add(content).hex())
                        .findFirst()
                        .orElse("")
                : "";
    }
}
