package io.github.claudefleet.claude;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.claude.LoginStatus.Kind;
import io.github.claudefleet.engine.ExecResult;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

public class LoginStatusReaderTest {

    @ParameterizedTest
    @CsvSource({
        "answered,               VALID",
        "answered-with-tool-call,VALID",
        "rejected,               REJECTED",
        "forbidden,              FORBIDDEN",
        "quota,                  OUT_OF_QUOTA",
        "quota-of-setup-token,   OUT_OF_QUOTA",
        "limit-of-api-key,       THROTTLED",
        "throttled,              THROTTLED",
        "overloaded,             THROTTLED",
        "server-error,           THROTTLED",
        "no-credit,              OUT_OF_CREDIT",
        "not-logged-in,          ABSENT",
        "refresh-refused,        EXPIRED",
        "locked,                 LOCKED",
        "connection-refused,     UNREACHABLE",
        "no-network,             UNREACHABLE",
        "untrusted-ca,           UNREACHABLE",
        "wrong-certificate,      UNREACHABLE",
    })
    public void judgesWhatTheCliReallyAnswered(String answer, Kind kind) {
        assertThat(LoginStatusReader.read(RecordedAnswer.named(answer)).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "403, provider_credentials, AWS authentication failed,                        REJECTED",
        "0,   '',                   API Error: Could not load AWS credentials,          NO_PROVIDER_CREDENTIALS",
        "0,   '',                   API Error: Could not load Google Cloud credentials, NO_PROVIDER_CREDENTIALS",
    })
    public void judgesWhatTheCliAnsweredForOtherServices(int status, String cause, String text, Kind kind) {
        ExecResult answer =
                failed("{'type':'result','is_error':true,'api_error_status':" + (status == 0 ? null : status)
                        + (cause.isEmpty() ? "" : ",'api_error':'" + cause + "'") + ",'result':'" + text + "'}");
        assertThat(LoginStatusReader.read(answer).kind()).isEqualTo(kind);
    }

    @Test
    public void keepsWhatTheCliSaid() {
        assertThat(LoginStatusReader.read(RecordedAnswer.named("rejected")).detail())
                .isEqualTo("Failed to authenticate. API Error: 401 Invalid authentication credentials");
    }

    @Test
    public void tellsWhenAQuotaComesBack() {
        LoginStatus loginStatus = LoginStatusReader.read(RecordedAnswer.named("quota"));
        assertThat(loginStatus.resetsAt()).contains(Instant.parse("2026-11-23T19:04:43Z"));
        assertThat(loginStatus.text(Instant.parse("2026-11-23T16:04:43Z")))
                .contains("out of quota (the login itself is fine)", "5-hour limit", "resets at 2026-11-2", "(in 3h)");
    }

    @Test
    public void takesTheTimeOfTheResetFromARefusalOnly() {
        ExecResult answer =
                failed("{'type':'rate_limit_event','rate_limit_info':{'status':'allowed','resetsAt':1000}}\n"
                        + "{'type':'rate_limit_event','rate_limit_info':{'status':'rejected','resetsAt':2000}}\n"
                        + "{'type':'result','is_error':true,'api_error_status':429,'api_error':'usage_limit_reached',"
                        + "'result':'limit'}");
        assertThat(LoginStatusReader.read(answer).resetsAt()).contains(Instant.ofEpochSecond(2000));
    }

    @Test
    public void knowsAQuotaWithoutATimeOfReset() {
        ExecResult answer = failed("{'type':'result','is_error':true,'api_error_status':429,"
                + "'result':'You have hit your weekly limit'}");
        LoginStatus loginStatus = LoginStatusReader.read(answer);
        assertThat(loginStatus.kind()).isEqualTo(Kind.OUT_OF_QUOTA);
        assertThat(loginStatus.resetsAt()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "api_key_auth_disabled,      403, FORBIDDEN",
        "org_disabled_credential,    400, FORBIDDEN",
        "claude_code_version_too_old,400, CLI_TOO_OLD",
        "invalid_credential_header,  0,   REJECTED",
        "no_response,                0,   TIMED_OUT",
        "a_word_of_tomorrow,         401, REJECTED",
        "a_word_of_tomorrow,         418, UNKNOWN",
    })
    public void believesTheTypedCauseBeforeTheStatus(String cause, int status, Kind kind) {
        ExecResult answer = failed("{'type':'result','is_error':true,'api_error_status':" + status + ",'api_error':'"
                + cause + "','result':'words that may change'}");
        assertThat(LoginStatusReader.read(answer).kind()).isEqualTo(kind);
    }

    @Test
    public void doesNotTrustAnExitStatusOfZero() {
        ExecResult rejected = RecordedAnswer.named("rejected");
        assertThat(LoginStatusReader.read(new ExecResult(0, rejected.output(), ""))
                        .kind())
                .isEqualTo(Kind.REJECTED);
        assertThat(LoginStatusReader.read(new ExecResult(0, "", "")).kind()).isEqualTo(Kind.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(ints = {124, 137, 143})
    public void takesACutOffRequestForSilence(int exitCode) {
        assertThat(LoginStatusReader.read(RecordedAnswer.cutOff(exitCode)).kind())
                .isEqualTo(Kind.TIMED_OUT);
    }

    @Test
    public void takesAMissingCommandForAMissingCli() {
        ExecResult answer = new ExecResult(127, "", "sh: claude: not found");
        assertThat(LoginStatusReader.read(answer).kind()).isEqualTo(Kind.CLI_MISSING);
    }

    @Test
    public void showsWhatItCannotRead() {
        ExecResult answer = new ExecResult(1, "EROFS: read-only file system,\n  mkdir '/tmp/claude-1000'", "");
        assertThat(LoginStatusReader.read(answer))
                .isEqualTo(LoginStatus.of(
                        Kind.UNKNOWN, "exit status 1: EROFS: read-only file system, mkdir '/tmp/claude-1000'"));
    }

    @Test
    public void shortensWhatIsLong() {
        LoginStatus loginStatus = LoginStatusReader.read(new ExecResult(1, "x".repeat(5_000), ""));
        assertThat(loginStatus.detail()).hasSizeLessThan(350).endsWith("…");
    }

    private static ExecResult failed(String output) {
        return new ExecResult(1, output.replace('\'', '"'), "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-ant-oat01-hush-hush",
                "sk-ant-api03-hush_hush.x",
                "Bearer hush1234hush",
                "eyJhbGciOiJIUzI1.hushhush.hush",
                "AKIAHUSHHUSHHUSHHUSH",
                "http://ann:hush@proxy:3128/",
                "{\"accessToken\":\"hush\"}",
                "{\"refresh_token\": \"hush\"}",
            })
    public void keepsAnAnswerThatNobodyKnowsButForItsSecrets(String secret) {
        LoginStatus loginStatus =
                LoginStatusReader.read(new ExecResult(3, "Unheard of: " + secret, " was not\nwanted"));
        assertThat(loginStatus.kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(loginStatus.text())
                .contains("exit status 3: Unheard of: ", "********", " was not wanted")
                .doesNotContainIgnoringCase("hush");
    }

    @Test
    public void keepsTheTextOfAnErrorThatNobodyKnows() {
        LoginStatus loginStatus =
                LoginStatusReader.read(failed("{'type':'result','is_error':true,'api_error_status':418,"
                        + "'result':'API Error: 418 I am a teapot, sk-ant-api03-hush'}"));
        assertThat(loginStatus).isEqualTo(LoginStatus.of(Kind.UNKNOWN, "API Error: 418 I am a teapot, ********"));
    }
}
