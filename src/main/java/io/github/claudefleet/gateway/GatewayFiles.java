package io.github.claudefleet.gateway;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.UploadFile;
import io.github.claudefleet.plan.ResolvedFleet;
import io.github.claudefleet.plan.ResourceNames;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.ContainerPaths;
import io.github.claudefleet.spec.ContainerUser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Files of a gateway for agents that share no volume with it. They are read from the gateway, and written to volumes that
 * agents mount: one for all, and one with a key for each.
 */
final class GatewayFiles {

    /** Files that all agents have: where the gateway is, its CA, and the places that must be closed. */
    private static final List<String> COMMON = List.of("address", "closed", "ca.pem", "bundle.pem", "wgetrc");

    /** Line before a file's content. Neither PEM nor the other files have such a line. */
    private static final String MARK = "== ";

    private static final String PRINT =
            "cd \"$1\" && shift && for file; do echo \"" + MARK + "$file\" && cat \"$file\" || exit 1; done";

    private static final int READ = 0444;
    private static final int READ_OWNER = 0400;

    private final ContainerEngine engine;
    private final GatewayShell shell;
    private final ResolvedFleet fleet;
    private final ResourceNames names;
    private final ContainerUser user;

    GatewayFiles(ContainerEngine engine, GatewayShell shell, ResolvedFleet fleet) {
        this.engine = engine;
        this.shell = shell;
        this.fleet = fleet;
        this.names = new ResourceNames(fleet.spec().id());
        this.user = fleet.spec().user();
    }

    /** Writes the trust store for Java programs. */
    void writeTrustStore(byte[] store) {
        engine.volumes().write(names.gatewayVolume(user), List.of(new UploadFile(TrustStore.FILE, store, READ, user)));
    }

    /**
     * Writes the other files, once a policy is in force.
     *
     * @throws GatewayException if the gateway does not have them
     */
    void write() throws InterruptedException {
        List<UploadFile> common = new ArrayList<>();
        print(ContainerPaths.GATEWAY, COMMON).forEach((name, text) -> common.add(file(name, text, READ)));
        engine.volumes().write(names.gatewayVolume(user), common);
        List<AgentSpec> fenced = fleet.spec().agents().stream()
                .filter(agent -> agent.egress().isFenced())
                .toList();
        Map<String, String> keys = print(
                fleet.key().privateDirectory() + "/certificates",
                fenced.stream().map(this::certificate).toList());
        for (AgentSpec agent : fenced) {
            String key = keys.get(certificate(agent));
            String path = ContainerPaths.GATEWAY_KEY_FILE.substring(ContainerPaths.GATEWAY_KEY.length() + 1);
            engine.volumes().write(names.gatewayKeyVolume(agent.name(), user), List.of(file(path, key, READ_OWNER)));
        }
    }

    private String certificate(AgentSpec agent) {
        return fleet.key().socketDirectory(agent.name()) + ".pem";
    }

    private UploadFile file(String path, String text, int mode) {
        return new UploadFile(path, text.getBytes(StandardCharsets.UTF_8), mode, user);
    }

    /** Returns the content of files by their names. */
    private Map<String, String> print(String directory, List<String> files) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(directory));
        arguments.addAll(files);
        String output = shell.run(
                "it has no files for agents on a cluster; is the image of egress.image of this version of the plugin?",
                PRINT,
                arguments.toArray(String[]::new));
        Map<String, String> contents = new TreeMap<>();
        String current = "";
        for (String line : output.lines().toList()) {
            if (line.startsWith(MARK)) {
                current = line.substring(MARK.length());
                contents.put(current, "");
            } else {
                contents.merge(current, line + "\n", String::concat);
            }
        }
        return contents;
    }
}
