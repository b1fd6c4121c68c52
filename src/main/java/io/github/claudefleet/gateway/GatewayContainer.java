package io.github.claudefleet.gateway;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.UploadFile;
import io.github.claudefleet.plan.ResolvedFleet;
import io.github.claudefleet.spec.CaBundle;
import io.github.claudefleet.spec.ContainerPaths;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.Sha256;
import java.util.List;

/**
 * A fleet's running gateway.
 *
 * @param id id of its container
 */
public record GatewayContainer(ContainerEngine engine, String id) {

    private static final int READ = 0444;
    private static final int READ_OWNER = 0400;

    /** Waits for the CA, and prints the digest of the policy in force and the CA. It ends by itself after 30 s. */
    private static final String FACTS = "n=0; until [ -s \"$1/ca.pem\" ] && [ -d \"$2\" ]; do n=$((n + 1));"
            + " [ $n -lt 600 ] || exit 1; sleep 0.05; done;"
            + " [ ! -s \"$1/trust.p12\" ] || cat \"$2/in-force\" 2>/dev/null; echo; cat \"$1/ca.pem\"";

    /** Waits until the policy with that digest is in force. */
    private static final String IN_FORCE = "n=0; until [ \"$(cat \"$1/in-force\" 2>/dev/null)\" = \"$2\" ]; do"
            + " n=$((n + 1)); [ $n -lt 600 ] || exit 1; sleep 0.05; done";

    /**
     * Gives the gateway the fleet's policy, unless it has it, and agents what they need of it.
     *
     * @return true if the policy was sent
     * @throws GatewayException if the gateway does not come up, or refuses the policy
     */
    public boolean open(ResolvedFleet fleet) throws InterruptedException {
        GatewayShell shell = new GatewayShell(engine, id);
        GatewayFiles files = new GatewayFiles(engine, shell, fleet);
        boolean sent = send(fleet, shell, files);
        if (!fleet.sharesVolumes()) {
            files.write();
        }
        return sent;
    }

    private boolean send(ResolvedFleet fleet, GatewayShell shell, GatewayFiles files) throws InterruptedException {
        String directory = fleet.key().privateDirectory();
        byte[] policy = GatewayPolicy.of(fleet);
        String digest = new Sha256().add(policy).hex();
        String facts = shell.run("it has made no CA within 30 s", FACTS, ContainerPaths.GATEWAY, directory);
        if (facts.startsWith(digest)) {
            return false;
        }
        ContainerUser user = fleet.spec().user();
        String ca = facts.substring(facts.indexOf('\n') + 1);
        String extra = fleet.spec().containers().caBundle().map(CaBundle::pem).orElse("");
        byte[] trust = TrustStore.with(ca, extra);
        if (!fleet.sharesVolumes()) {
            files.writeTrustStore(trust);
        }
        engine.files().upload(id, ContainerPaths.GATEWAY, List.of(new UploadFile(TrustStore.FILE, trust, READ, user)));
        engine.files().upload(id, directory, List.of(new UploadFile(GatewayPolicy.FILE, policy, READ_OWNER, user)));
        shell.run("it has not taken its policy within 30 s", IN_FORCE, directory, digest);
        return true;
    }
}
