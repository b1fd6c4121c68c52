package io.github.claudefleet.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.claude.LoginStatus;
import io.github.claudefleet.claude.LoginStatus.Kind;
import io.github.claudefleet.engine.ExecResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExchangeResultTest {

    @Test
    void aGoodAccessTokenIsNoProblem() {
        assertThat(result("verdict=ok\ndetail=good until 1795992176\n").problem())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "missing,     IDENTITY_MISSING,   false",
        "malformed,   IDENTITY_MALFORMED, false",
        "expired,     IDENTITY_EXPIRED,   false",
        "audience,    WRONG_AUDIENCE,     false",
        "used,        IDENTITY_USED,      false",
        "refused,     RULE_REFUSED,       false",
        "throttled,   THROTTLED,          true",
        "unreachable, UNREACHABLE,        true",
        "cli,         CLI_MISSING,        false",
        "busy,        UNKNOWN,            true"
    })
    void eachVerdictHasALoginStatus(String verdict, Kind kind, boolean mayHeal) {
        LoginStatus status =
                result("verdict=" + verdict + "\ndetail=a=b\n").problem().orElseThrow();

        assertThat(status).isEqualTo(LoginStatus.of(kind, "a=b"));
        assertThat(status.kind().mayHeal()).isEqualTo(mayHeal);
        assertThat(status.kind().curedBySignIn()).isFalse();
    }

    @Test
    void aScriptThatSaysNothingIsQuoted() {
        assertThat(new ExecResult(127, "", "sh: exchange.sh: not found\n"))
                .extracting(result -> ExchangeResult.of(result).problem().orElseThrow())
                .isEqualTo(LoginStatus.of(Kind.UNKNOWN, "exit status 127: sh: exchange.sh: not found"));
    }

    @Test
    void noTokenIsInAStatus() {
        LoginStatus status = result(
                        "verdict=refused\ndetail=of eyJhbGciOiJSUzI1NiJ9.eyJzdWIi.c2ln and sk-ant-oat01-x\n")
                .problem()
                .orElseThrow();

        assertThat(status.detail()).doesNotContain("eyJ").doesNotContain("oat01");
    }

    private static ExchangeResult result(String output) {
        return ExchangeResult.of(new ExecResult(output.contains("=ok") ? 0 : 1, output, ""));
    }
}
