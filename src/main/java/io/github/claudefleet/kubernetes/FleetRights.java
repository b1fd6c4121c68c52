package io.github.claudefleet.kubernetes;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.github.claudefleet.engine.EngineRight;
import java.util.ArrayList;
import java.util.List;

/** Rights in its namespace that a fleet needs, as the Role of the documentation grants them. */
final class FleetRights {

    /** Rules of the Role. */
    static final List<Rule> RULES = List.of(
            new Rule("", "pods", List.of("create", "get", "list", "watch", "patch", "delete")),
            new Rule("", "pods/log", List.of("get")),
            new Rule("", "pods/exec", List.of("create", "get")),
            new Rule("", "secrets", List.of("create", "get", "list", "update", "patch", "delete")),
            new Rule("", "events", List.of("list")),
            new Rule("batch", "jobs", List.of("create", "get", "update", "patch", "delete")));

    /** Rules of the Role that only a fleet with a gateway needs. */
    static final List<Rule> FENCE_RULES =
            List.of(new Rule("networking.k8s.io", "networkpolicies", List.of("create", "get", "list", "delete")));

    private final ClusterConnection connection;

    FleetRights(ClusterConnection connection) {
        this.connection = connection;
    }

    /**
     * Operations on a kind of object.
     *
     * @param group API group; empty for the core
     * @param resource kind of object in the plural, with a part of it after a slash
     * @param verbs operations
     */
    record Rule(String group, String resource, List<String> verbs) {}

    /** Asks the API server about each right. Every user may ask that about itself. */
    List<EngineRight> ask(boolean fenced) {
        List<Rule> rules = new ArrayList<>(RULES);
        rules.addAll(fenced ? FENCE_RULES : List.of());
        List<EngineRight> rights = new ArrayList<>();
        for (Rule rule : rules) {
            for (String verb : rule.verbs()) {
                rights.add(ask(rule, verb));
            }
        }
        return rights;
    }

    private EngineRight ask(Rule rule, String verb) {
        String text = verb + " " + rule.resource() + " in namespace " + connection.namespace();
        SelfSubjectAccessReview review = review(rule, verb);
        boolean granted = connection
                .errors()
                .call(
                        "ask for the right to " + text,
                        () -> connection
                                .client()
                                .authorization()
                                .v1()
                                .selfSubjectAccessReview()
                                .create(review))
                .getStatus()
                .getAllowed();
        return new EngineRight(text, granted);
    }

    private SelfSubjectAccessReview review(Rule rule, String verb) {
        String[] resource = rule.resource().split("/", 2);
        return new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withNamespace(connection.namespace())
                .withVerb(verb)
                .withGroup(rule.group())
                .withResource(resource[0])
                .withSubresource(resource.length > 1 ? resource[1] : null)
                .endResourceAttributes()
                .endSpec()
                .build();
    }
}
