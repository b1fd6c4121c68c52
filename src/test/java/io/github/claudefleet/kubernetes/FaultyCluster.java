package io.github.claudefleet.kubernetes;

import io.github.claudefleet.auth.LoginContext;
import io.github.claudefleet.console.ConsoleListeners;
import io.github.claudefleet.console.RecordedLines;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engines.Engines;
import io.github.claudefleet.faults.FaultProxy;
import io.github.claudefleet.fleet.Fleet;
import io.github.claudefleet.fleet.FleetSelector;
import io.github.claudefleet.spec.AgentBuilder;
import io.github.claudefleet.spec.ClusterSpec;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.FleetTimeouts;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.ImageSpec;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.PullPolicy;
import io.github.claudefleet.spec.Shop;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Fleet of one agent on a cluster whose API server's calls can fail. It is started and stopped as by the goals. */
final class FaultyCluster implements AutoCloseable {

    /** Limit of a call: enough on a busy machine, and short enough to wait for a call that stalls. */
    private static final Duration CALL_LIMIT = Duration.ofSeconds(6);

    private static final Pattern SERVER =
            Pattern.compile("server: \"https://127\\.0\\.0\\.1:(\\d+)\", certificate-authority: \"(.*?)\"");

    private final CuttingRelay relay;
    private final FaultProxy proxy;
    private final FleetSpec spec;
    private final Path folder;
    private final Path kubeconfig;

    private FaultyCluster(CuttingRelay relay, FaultProxy proxy, FleetSpec spec, Path folder, Path kubeconfig) {
        this.relay = relay;
        this.proxy = proxy;
        this.spec = spec;
        this.folder = folder;
        this.kubeconfig = kubeconfig;
    }

    /**
     * Connects a fleet by a proxy of its own.
     *
     * @param kubeconfig file of a user of the cluster
     * @param image image with a fake CLI, on the node
     */
    static FaultyCluster of(String fleet, String image, Path kubeconfig, Path folder) throws IOException {
        String text = Files.readString(kubeconfig);
        Matcher server = SERVER.matcher(text);
        if (!server.find()) {
            throw new IllegalArgumentException(kubeconfig + " has no server");
        }
        CuttingRelay relay = new CuttingRelay(Integer.parseInt(server.group(1)), trusting(Path.of(server.group(2))));
        FaultProxy proxy = FaultProxy.before(relay.port());
        Path own = Files.createDirectories(folder.resolve(fleet));
        String proxied = server.replaceFirst("server: \"" + proxy.address() + "\"");
        return new FaultyCluster(
                relay, proxy, spec(fleet, image, own), own, Files.writeString(own.resolve("kubeconfig"), proxied));
    }

    FaultProxy proxy() {
        return proxy;
    }

    FleetSpec spec() {
        return spec;
    }

    void start() throws InterruptedException {
        run(fleet -> fleet.start(spec));
    }

    void stop() throws InterruptedException {
        run(fleet ->
                fleet.stop(new FleetSelector(spec.id(), false, false), spec.timeouts(), folder.resolve("results")));
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        relay.close();
    }

    private interface Goal {
        void run(Fleet fleet) throws InterruptedException;
    }

    private void run(Goal goal) throws InterruptedException {
        try (ContainerEngine engine = Engines.connect(
                Optional.of("kubernetes:?namespace=" + KubernetesFixture.NAMESPACE),
                Map.of("KUBECONFIG", kubeconfig.toString()),
                HomeDirectory.at(folder),
                CALL_LIMIT,
                warning -> {},
                ClusterSpec.DEFAULT)) {
            goal.run(new Fleet(
                    engine,
                    LoginContext.nonInteractive(),
                    new ConsoleListeners(new RecordedLines()),
                    HomeDirectory.at(folder)));
        }
    }

    private static FleetSpec spec(String fleet, String image, Path folder) {
        return Shop.fleet()
                .agent(AgentBuilder.named("tester", folder).strategy(WorkspaceStrategy.NONE))
                .image(new ImageSpec.Named(image, PullPolicy.NEVER))
                .credential(LoginMode.TOKEN, Shop.credential("t0ken"))
                .timeouts(new FleetTimeouts(4, Duration.ofSeconds(90), Duration.ofSeconds(5)))
                .toSpec()
                .withId(Shop.idOf(fleet));
    }

    private static SocketFactory trusting(Path authority) throws IOException {
        try (InputStream input = Files.newInputStream(authority)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(input)) {
                store.setCertificateEntry("authority-" + store.size(), certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no TLS with the authority of " + authority, e);
        }
    }
}
