package io.github.claudefleet.spec;

import java.util.List;
import java.util.Optional;

/**
 * Network connections and requests that an agent may make.
 *
 * @param mode rule for connections
 * @param allow hosts that may be reached in addition to the model's API
 * @param presets presets whose hosts the gateway knows
 * @param models models that may be used; {@code *} at the end stands for any ending; empty for all
 * @param maxRequests maximum number of the agent's requests to the model, or empty for no limit
 * @param fence need of a proof that nothing else can be reached
 */
public record EgressSpec(
        EgressMode mode,
        List<EgressRule> allow,
        List<EgressPreset> presets,
        List<String> models,
        Optional<Integer> maxRequests,
        FenceUse fence) {

    /** Only the model's API, without limits. */
    public static final EgressSpec DEFAULT = of(EgressMode.ALLOW);

    /** Everything, without a gateway. */
    public static final EgressSpec OPEN = of(EgressMode.OPEN);

    /** @throws InvalidSpecException if a limit is set that nothing could enforce */
    public EgressSpec {
        allow = List.copyOf(allow);
        presets = List.copyOf(presets);
        models = List.copyOf(models);
        if (mode == EgressMode.OPEN && (!models.isEmpty() || maxRequests.isPresent())) {
            throw new InvalidSpecException(
                    models.isEmpty() ? "egress.maxRequests" : "egress.models",
                    "needs the gateway, and egress.mode is open",
                    "Use egress.mode allow, audit or none, or leave the limit out.");
        }
    }

    /** Creates settings that require the fence. */
    public EgressSpec(
            EgressMode mode,
            List<EgressRule> allow,
            List<EgressPreset> presets,
            List<String> models,
            Optional<Integer> maxRequests) {
        this(mode, allow, presets, models, maxRequests, FenceUse.REQUIRED);
    }

    /** Returns the settings with another need of a fence. */
    public EgressSpec withFence(FenceUse other) {
        return new EgressSpec(mode, allow, presets, models, maxRequests, other);
    }

    /** Returns the settings with this mode and nothing else. */
    public static EgressSpec of(EgressMode mode) {
        return new EgressSpec(mode, List.of(), List.of(), List.of(), Optional.empty());
    }

    /** Returns true if the agent reaches others through the gateway alone. */
    public boolean isFenced() {
        return mode != EgressMode.OPEN;
    }
}
