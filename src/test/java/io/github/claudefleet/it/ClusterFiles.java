package io.github.claudefleet.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Files that the programs of a {@link ThrowawayKubernetes} are started with. */
final class ClusterFiles {

    private static final int KEY_BITS = 2048;

    private final Path directory;

    ClusterFiles(Path directory) {
        this.directory = directory;
    }

    Path path(String name) {
        return directory.resolve(name);
    }

    /** Returns the file with which a user reaches the API server. */
    Path kubeconfig(String user) {
        return path(user + ".kubeconfig");
    }

    /** Returns the token of a user. It is no secret, as the cluster is on loopback and lives for one test. */
    static String token(String user) {
        return user + "-token";
    }

    /** Returns the certificate of the API server, with that of the authority that it makes for itself. */
    Path certificate() {
        return path("api/apiserver.crt");
    }

    /** Writes the tokens of users with their groups. */
    Path tokens(Map<String, String> groups) throws IOException {
        List<String> lines = new ArrayList<>();
        groups.forEach((user, group) -> lines.add("%s,%s,%s,\"%s\"".formatted(token(user), user, user, group)));
        return Files.write(path("tokens.csv"), lines);
    }

    /** Writes the key with which tokens of service accounts are signed. */
    Path serviceAccountKey() throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS);
            byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
            String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
            return Files.writeString(
                    path("service-accounts.key"),
                    "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    void writeKubeconfig(String user, int port) throws IOException {
        Files.writeString(kubeconfig(user), """
                apiVersion: v1
                kind: Config
                current-context: test
                clusters:
                - name: test
                  cluster: {server: "https://127.0.0.1:%d", certificate-authority: "%s"}
                users:
                - name: %s
                  user: {token: "%s"}
                contexts:
                - name: test
                  context: {cluster: test, user: %s, namespace: default}
                """.formatted(port, certificate(), user, token(user), user));
    }

    /** Writes kubelet's configuration: nothing of this machine is changed, and no image or pod is removed for room. */
    Path kubelet(int port, String cgroup) throws IOException {
        return Files.writeString(path("kubelet.yaml"), """
                kind: KubeletConfiguration
                apiVersion: kubelet.config.k8s.io/v1beta1
                address: 127.0.0.1
                port: %d
                readOnlyPort: 0
                healthzPort: 0
                authentication: {anonymous: {enabled: true}, webhook: {enabled: false}}
                authorization: {mode: AlwaysAllow}
                cgroupDriver: cgroupfs
                cgroupRoot: /%s
                failSwapOn: false
                volumeStatsAggPeriod: 5s
                makeIPTablesUtilChains: false
                oomScoreAdj: 0
                evictionHard: {}
                imageGCHighThresholdPercent: 100
                imageGCLowThresholdPercent: 99
                nodeStatusUpdateFrequency: 2s
                nodeLeaseDurationSeconds: 8
                featureGates: {DevicePlugins: false}
                volumePluginDir: %s
                """.formatted(port, cgroup, path("plugins")));
    }

    /** Makes the cgroup below which kubelet puts the pods, in each hierarchy. */
    static void makeGroup(String name) throws IOException {
        List<Path> hierarchies;
        try (var all = Files.list(Path.of("/sys/fs/cgroup"))) {
            hierarchies = all.filter(Files::isDirectory).toList();
        }
        for (Path hierarchy : hierarchies) {
            Path group = Files.createDirectories(hierarchy.resolve(name));
            // Without a processor and memory of its own, a group of cpuset can't have processes.
            for (String file : List.of("cpuset.cpus", "cpuset.mems")) {
                if (hierarchy.endsWith("cpuset")) {
                    Files.writeString(group.resolve(file), Files.readString(hierarchy.resolve(file)));
                }
            }
        }
    }

    /** Returns different ports that nothing listens on at this moment. */
    static List<Integer> freePorts(int number) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < number; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }
}
