package io.github.claudefleet.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ObjectNamesTest {

    @Test
    void aNameThatKubernetesAllowsStays() {
        assertThat(ObjectNames.name("claude-fleet-shop-1a2b3c4d-fixer-1"))
                .isEqualTo("claude-fleet-shop-1a2b3c4d-fixer-1");
    }

    @Test
    void otherNamesBecomeDifferentOnesThatAreAllowed() {
        List<String> names =
                List.of("Fixer", "fixer_", "fixer.", "_fixer", "-", "é", "a".repeat(64), "a".repeat(65), "");

        List<String> objects = names.stream().map(ObjectNames::name).toList();

        assertThat(objects)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"));
        assertThat(ObjectNames.name("Fixer")).startsWith("fixer-");
    }

    @Test
    void aValueThatIsNoLabelsValueBecomesAHash() {
        assertThat(ObjectNames.value("shop_1.x")).isEqualTo("shop_1.x");
        assertThat(ObjectNames.value("")).isEmpty();
        assertThat(List.of("/home/ann", "a".repeat(64), "-a", "a b", "ä"))
                .extracting(ObjectNames::value)
                .allMatch(value -> value.matches("[0-9a-f]{40}"))
                .doesNotHaveDuplicates();
    }
}
