package io.github.claudefleet.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.spec.FleetBuilder;
import io.github.claudefleet.spec.Shop;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyCheckTest {

    private static final String MEND =
            " -> set HTTPS_PROXY in environment to an address of the proxy that containers can reach";

    @Test
    void noneAnywherePasses() {
        assertThat(look(Shop.fleet(), Map.of("HTTPS_PROXY", " ", "HTTP_PROXY", "http://other:1")))
                .isEqualTo("pass  proxy: none is set, on this machine or for the containers");
    }

    @Test
    void oneOfThisMachineAloneIsWarnedOf() {
        assertThat(look(Shop.fleet(), Map.of("https_proxy", "http://ann:secret@proxy:3128")))
                .startsWith("warn  proxy: this machine uses http://")
                .endsWith("@proxy:3128, and the containers are told of none" + MEND)
                .doesNotContain("secret");
    }

    @Test
    void oneThatContainersAreToldOfPasses() {
        assertThat(look(
                        Shop.fleet().environment(Map.of("HTTPS_PROXY", "http://proxy:3128")),
                        Map.of("https_proxy", "http://other:1")))
                .isEqualTo("pass  proxy: containers use http://proxy:3128");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost:3128", "127.0.0.1:3128", "http://a:b@127.0.0.1:3128/", "http://[::1]:3128"})
    void aLoopbackIsAnotherOneInAContainer(String proxy) {
        FleetBuilder fleet = Shop.fleet().environment(Map.of("HTTPS_PROXY", proxy));

        assertThat(look(fleet, Map.of())).startsWith("warn  proxy: ").endsWith("which is their own loopback" + MEND);
        assertThat(look(fleet.network("host"), Map.of())).startsWith("pass  proxy: ");
    }

    private static String look(FleetBuilder fleet, Map<String, String> environment) {
        return new ProxyCheck(fleet.toSpec(), environment).finding().text();
    }
}
