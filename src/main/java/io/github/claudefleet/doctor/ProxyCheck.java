package io.github.claudefleet.doctor;

import io.github.claudefleet.claude.CredentialRedactor;
import io.github.claudefleet.spec.FleetSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Compares this machine's proxy with the one that is configured for the containers. */
final class ProxyCheck {

    private static final String CHECK = "proxy";
    private static final List<String> VARIABLES = List.of("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy");
    /** Loopback address, which inside a container is the container's own and not this machine's. */
    private static final Pattern LOOPBACK =
            Pattern.compile("(?i)(?:\\w+://)?(?:[^@/]*@)?(?:localhost|127\\.[\\d.]+|\\[::1])(?::\\d+)?/?");

    private static final String MEND =
            "set HTTPS_PROXY in environment to an address of the proxy that containers can reach";

    private final FleetSpec spec;
    private final Map<String, String> environment;

    ProxyCheck(FleetSpec spec, Map<String, String> environment) {
        this.spec = spec;
        this.environment = environment;
    }

    Finding finding() {
        Optional<String> ofContainers = proxyIn(spec.containers().environment());
        if (ofContainers.isPresent()) {
            String shown = CredentialRedactor.text(ofContainers.get());
            return LOOPBACK.matcher(ofContainers.get()).matches() && !isOnHostNetwork()
                    ? Finding.warn(CHECK, "containers are told " + shown + ", which is their own loopback", MEND)
                    : Finding.pass(CHECK, "containers use " + shown);
        }
        return proxyIn(environment)
                .map(proxy -> Finding.warn(
                        CHECK,
                        "this machine uses " + CredentialRedactor.text(proxy) + ", and the containers are told of none",
                        MEND))
                .orElseGet(() -> Finding.pass(CHECK, "none is set, on this machine or for the containers"));
    }

    private boolean isOnHostNetwork() {
        return spec.containers().network().existing().equals(Optional.of("host"));
    }

    private static Optional<String> proxyIn(Map<String, String> variables) {
        return VARIABLES.stream()
                .map(variables::get)
                .filter(value -> value != null && !value.isBlank())
                .findFirst();
    }
}
