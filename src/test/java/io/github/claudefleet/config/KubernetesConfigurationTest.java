package io.github.claudefleet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.spec.ClusterSpec;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.MemorySize;
import io.github.claudefleet.spec.PullPolicy;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.codehaus.plexus.component.configurator.BasicComponentConfigurator;
import org.codehaus.plexus.configuration.xml.XmlPlexusConfiguration;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.jupiter.api.Test;

class KubernetesConfigurationTest {

    /** Bean with the group, as a goal has it. */
    public static class Holder {
        private KubernetesConfiguration kubernetes;
    }

    @Test
    void aPomThatIsSilentGetsTheDefaults() {
        assertThat(new KubernetesConfiguration().toSpec(name -> Optional.empty(), PullPolicy.MISSING))
                .isEqualTo(ClusterSpec.DEFAULT);
    }

    @Test
    void eachElementReachesTheSpec() {
        ClusterSpec spec = spec("""
                <namespace> team </namespace>
                <imagePullSecrets><secret>registry</secret></imagePullSecrets>
                <nodeSelector><disk>ssd</disk></nodeSelector>
                <tolerations>
                  <toleration><key>gpu</key><value>yes</value><effect>NoSchedule</effect></toleration>
                  <toleration><key>spot</key></toleration>
                </tolerations>
                <requests><memory>1g</memory><cpus>0.25</cpus></requests>
                <labels><cost-center>7</cost-center></labels>
                <podOverrides>spec: {priorityClassName: batch}</podOverrides>
                """, Map.of("kubernetes.namespace", "of the command line"));

        assertThat(spec)
                .isEqualTo(new ClusterSpec(
                        Optional.of("team"),
                        List.of("registry"),
                        new TreeMap<>(Map.of("disk", "ssd")),
                        List.of(
                                new ClusterSpec.Toleration("gpu", Optional.of("yes"), Optional.of("NoSchedule")),
                                new ClusterSpec.Toleration("spot", Optional.empty(), Optional.empty())),
                        new ClusterSpec.Requests(Optional.of(new MemorySize(1L << 30)), Optional.of(0.25)),
                        new TreeMap<>(Map.of("cost-center", "7")),
                        Optional.of("spec: {priorityClassName: batch}"),
                        PullPolicy.ALWAYS));
    }

    @Test
    void propertiesSayWhatThePomDoesNot() {
        ClusterSpec spec = spec("", Map.of("kubernetes.namespace", "team", "kubernetes.imagePullSecrets", "one, two"));

        assertThat(spec.namespace()).hasValue("team");
        assertThat(spec.imagePullSecrets()).containsExactly("one", "two");
    }

    @Test
    void aTolerationWithoutAKeyAndANumberThatIsNoneAreRefused() {
        assertThatThrownBy(
                        () -> spec("<tolerations><toleration><value>yes</value></toleration></tolerations>", Map.of()))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessage("kubernetes.tolerations has one without a key");
        assertThatThrownBy(() -> spec("<requests><cpus>some</cpus></requests>", Map.of()))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessage("kubernetes.requests.cpus \"some\" is not a number");
    }

    /** Creates the bean as Maven does. */
    private static ClusterSpec spec(String elements, Map<String, String> properties) {
        Holder holder = new Holder();
        try {
            new BasicComponentConfigurator()
                    .configureComponent(
                            holder,
                            new XmlPlexusConfiguration(Xpp3DomBuilder.build(
                                    new StringReader("<holder><kubernetes>" + elements + "</kubernetes></holder>"))),
                            null);
        } catch (Exception e) {
            throw new AssertionError(elements, e);
        }
        return holder.kubernetes.toSpec(name -> Optional.ofNullable(properties.get(name)), PullPolicy.ALWAYS);
    }
}
