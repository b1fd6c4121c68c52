package io.github.claudefleet.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Enforces a cluster's NetworkPolicies as far as fleets use them, in place of a network plugin: those that select pods by
 * labels and let them reach pods by labels and ports. Its rules are in the pods' own network namespaces, so that they end
 * with the pods. Like real plugins, it is late: a pod has no rules in its first second.
 */
public final class TestNetworkPlugin implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PAUSE_MILLIS = 1000;

    private final ThrowawayKubernetes cluster;
    private final String namespace;
    private final Set<String> done = new HashSet<>();
    private final Thread thread;

    public TestNetworkPlugin(ThrowawayKubernetes cluster, String namespace) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.thread = new Thread(this::run, "network plugin");
        thread.setDaemon(true);
    }

    /** Begins to enforce. */
    public TestNetworkPlugin start() {
        thread.start();
        return this;
    }

    /** Returns the number of pods that have rules. */
    public int pods() {
        synchronized (done) {
            return done.size();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(PAUSE_MILLIS);
                look();
            }
        } catch (InterruptedException e) {
            return;
        } catch (IOException e) {
            throw new IllegalStateException("the network plugin of the test ended", e);
        }
    }

    private void look() throws IOException, InterruptedException {
        JsonNode policies = get("networkpolicies");
        JsonNode pods = get("pods");
        for (JsonNode pod : pods) {
            String ip = pod.at("/status/podIP").asText();
            String name = pod.at("/metadata/name").asText();
            boolean isNew;
            synchronized (done) {
                isNew = !ip.isEmpty() && !done.contains(name + " " + ip);
            }
            if (isNew && enforce(name, pod, policies, pods)) {
                synchronized (done) {
                    done.add(name + " " + ip);
                }
            }
        }
    }

    /** Enforces the policies for a pod's own connections; false if none selects it, or if one leads to no pod yet. */
    private boolean enforce(String name, JsonNode pod, JsonNode policies, JsonNode pods)
            throws IOException, InterruptedException {
        List<String> rules = new ArrayList<>();
        boolean selected = false;
        for (JsonNode policy : policies) {
            JsonNode spec = policy.path("spec");
            boolean isEgress = StreamSupport.stream(spec.path("policyTypes").spliterator(), false)
                    .anyMatch(type -> type.asText().equals("Egress"));
            if (isEgress && selects(spec.path("podSelector"), pod)) {
                selected = true;
                for (JsonNode egress : spec.path("egress")) {
                    rules.addAll(rules(egress, pods));
                }
            }
        }
        if (!selected || rules.isEmpty()) {
            return false;
        }
        String pid = cluster.engine()
                .docker()
                .run(
                        "inspect",
                        "--format={{.State.Pid}}",
                        cluster.engine()
                                .docker()
                                .run(
                                        "ps",
                                        "--quiet",
                                        "--filter=label=io.kubernetes.docker.type=podsandbox",
                                        "--filter=label=io.kubernetes.pod.name=" + name)
                                .strip())
                .strip();
        String script = "iptables -A OUTPUT -o lo -j ACCEPT"
                + "; iptables -A OUTPUT -m state --state ESTABLISHED -j ACCEPT"
                + String.join("", rules)
                + "; iptables -A OUTPUT -j DROP";
        Command.run(Map.of(), List.of("nsenter", "--target", pid, "--net", "sh", "-ec", script));
        return true;
    }

    private static List<String> rules(JsonNode egress, JsonNode pods) {
        List<String> rules = new ArrayList<>();
        for (JsonNode to : egress.path("to")) {
            for (JsonNode pod : pods) {
                String ip = pod.at("/status/podIP").asText();
                if (selects(to.path("podSelector"), pod) && !ip.isEmpty()) {
                    for (JsonNode port : egress.path("ports")) {
                        rules.add("; iptables -A OUTPUT -p tcp -d " + ip + " --dport "
                                + port.path("port").asInt() + " -j ACCEPT");
                    }
                }
            }
        }
        return rules;
    }

    private static boolean selects(JsonNode selector, JsonNode pod) {
        JsonNode labels = pod.at("/metadata/labels");
        for (Map.Entry<String, JsonNode> wanted : selector.path("matchLabels").properties()) {
            if (!wanted.getValue().asText().equals(labels.path(wanted.getKey()).asText())) {
                return false;
            }
        }
        return true;
    }

    private JsonNode get(String kind) throws IOException, InterruptedException {
        return JSON.readTree(cluster.kubectl("get", kind, "--namespace=" + namespace, "--output=json"))
                .path("items");
    }
}
