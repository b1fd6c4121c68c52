package io.github.claudefleet.plan;

import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.Labels;
import java.util.SortedMap;
import java.util.TreeMap;

/** Labels of a fleet's containers, except for the fingerprint, which needs the whole request. */
record ContainerLabels(FleetSpec spec) {

    SortedMap<String, String> ofAuth() {
        return with(Role.AUTH);
    }

    SortedMap<String, String> ofGateway(GatewayKey key) {
        SortedMap<String, String> labels = with(Role.GATEWAY);
        labels.put(Labels.GATEWAY_KEY, key.value());
        return labels;
    }

    SortedMap<String, String> of(AgentSpec agent) {
        SortedMap<String, String> labels = with(Role.AGENT);
        labels.put(Labels.AGENT, agent.name().value());
        agent.workspace().place().ifPresent(place -> labels.put(Labels.WORKSPACE, place.toString()));
        if (agent.prompt().isPresent() || agent.takesTasks()) {
            labels.put(Labels.PROMPT, "true");
        }
        return labels;
    }

    private SortedMap<String, String> with(Role role) {
        SortedMap<String, String> labels = new TreeMap<>(spec.id().labels());
        labels.put(Labels.ROLE, role.value());
        labels.put(Labels.LOGIN, spec.login().mode().value());
        spec.login().directoryHash().ifPresent(hash -> labels.put(Labels.LOGIN_DIRECTORY, hash));
        spec.rehearsal().ifPresent(rehearsal -> labels.put(Labels.REHEARSAL, "true"));
        labels.put(Labels.SHARING, spec.login().sharing().value());
        return labels;
    }
}
