package io.github.claudefleet.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EgressRuleTest {

    @Test
    void aHostIsMeantOnTheUsualPort() {
        assertThat(EgressRule.parse(" Repo.Example.ORG ")).isEqualTo(EgressRule.of("repo.example.org", 443));
    }

    @Test
    void aRuleHasPortMethodsAndPath() {
        assertThat(EgressRule.parse("GET|HEAD  api.example.org:8443/v1/"))
                .isEqualTo(new EgressRule("api.example.org", 8443, List.of("GET", "HEAD"), Optional.of("/v1/")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "repo.example.org",
                "repo.example.org:8443",
                "repo.example.org:80",
                "*.example.org",
                "*.example.org:8443",
                "*",
                "localhost",
                "my_registry",
                "192.168.7.1:8081",
                "[2001:db8::1]",
                "[2001:db8::1]:8443/a/",
                "xn--bcher-kva.example",
                "GET|HEAD api.example.org/v1/",
                "POST api.example.org:8443/"
            })
    void textAndRuleAreTheSame(String text) {
        assertThat(EgressRule.parse(text).text()).isEqualTo(text);
    }

    @Test
    void theUsualPortIsLeftOut() {
        assertThat(EgressRule.parse("repo.example.org:443").text()).isEqualTo("repo.example.org");
        assertThat(EgressRule.text(List.of(EgressRule.parse("a.example"), EgressRule.parse("b.example:80"))))
                .isEqualTo("a.example, b.example:80");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://repo.example.org      | is an address                  | Leave out the scheme",
                "''                            | is not a host                  | Write HOST",
                "repo example.org              | is not a host                  | Write HOST",
                "get repo.example.org          | is not a host                  | Write HOST",
                "/maven2/                      | is not a host                  | Write HOST",
                "repo.example.org/a b          | is not a host                  | Write HOST",
                "[2001:db8::1                  | is not a host                  | Write HOST",
                "[repo.example.org]            | is not a host                  | Write HOST",
                "2001:db8::1                   | has no valid port              | from 1 to 65535",
                "[1:2]                         | has no valid address           | Write an IPv6 address",
                "[1.2.3.4]                     | has no valid address           | Write an IPv6 address",
                "bücher.example                | has no valid host              | xn--",
                "ann@repo.example.org          | has no valid host              | Use letters",
                "**.example.org                | has no valid host              | Use letters",
                "*example.org                  | has no valid host              | Use letters",
                "repo.*.org                    | has no valid host              | Use letters",
                "*.                            | has no valid host              | Use letters",
                "-repo.example.org             | has no valid host              | Use letters",
                "repo.example.org.             | has no valid host              | Use letters",
                "repo..org                     | has no valid host              | Use letters",
                "repo.example.org:             | has no valid port              | from 1 to 65535",
                "repo.example.org:abc          | has no valid port              | from 1 to 65535",
                "repo.example.org:-1           | has no valid port              | from 1 to 65535",
                "repo.example.org:123456       | has no valid port              | from 1 to 65535",
                "repo.example.org/a/../b       | has a path that is not plain   | Write the beginning",
                "repo.example.org/a/..         | has a path that is not plain   | Write the beginning",
                "repo.example.org/./a          | has a path that is not plain   | Write the beginning",
                "repo.example.org/a/.          | has a path that is not plain   | Write the beginning",
                "repo.example.org//a           | has a path that is not plain   | Write the beginning",
                "repo.example.org/a%2e%2e/     | has a path that is not plain   | Write the beginning",
                "repo.example.org/a?b=c        | has a path that is not plain   | Write the beginning",
                "repo.example.org/a;b          | has a path that is not plain   | Write the beginning",
                "repo.example.org/a\\b         | has a path that is not plain   | Write the beginning"
            })
    void whatIsNoRuleIsRefused(String text, String problem, String suggestion) {
        InvalidSpecException refusal = catchThrowableOfType(InvalidSpecException.class, () -> EgressRule.parse(text));

        assertThat(refusal).as(text).hasMessage("egress.allow \"" + text + "\" " + problem);
        assertThat(refusal.suggestion()).contains(suggestion);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "70000"})
    void aPortOutOfRangeIsRefused(String port) {
        assertThat(catchThrowableOfType(InvalidSpecException.class, () -> EgressRule.parse("repo.example.org:" + port)))
                .hasMessageStartingWith("egress.allow " + port + " is out of range");
    }

    @ParameterizedTest
    @CsvSource({"*, true", "*:80, true", "*.org, true", "*.example.org, false", "org, false", "repo.example.org, false"
    })
    void aRuleForNearlyAllHostsIsBroad(String text, boolean broad) {
        assertThat(EgressRule.parse(text).isBroad()).isEqualTo(broad);
    }
}
