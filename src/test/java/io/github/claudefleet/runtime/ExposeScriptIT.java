package io.github.claudefleet.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.runtime.ScriptContainer.Place;
import io.github.claudefleet.spec.Shop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copy of the login for agents. */
class ExposeScriptIT {

    private static final String FILE = "login/.credentials.json";
    private static final String COPY = "login/for-agents/.credentials.json";
    private static final String LOGIN = "{\"claudeAiOauth\":{\"accessToken\":\"a-1\",\"refreshToken\":\"r-1\","
            + "\"expiresAt\":4102444800000,\"refreshTokenExpiresAt\":4102444800001,"
            + "\"scopes\":[\"user:inference\",\"user:profile\"],\"subscriptionType\":\"max\",\"accountUuid\":\"u-1\"}}";
    private static final String FOR_AGENTS = "{\"claudeAiOauth\":{\"accessToken\":\"a-1\",\"expiresAt\":4102444800000,"
            + "\"scopes\":[\"user:inference\",\"user:profile\"],\"subscriptionType\":\"max\",\"accountUuid\":\"u-1\"}}";

    @RegisterExtension
    private static final ScriptContainer BOX = new ScriptContainer(Shop.fleet().toSpec());

    private final Place place = BOX.place();

    @BeforeEach
    void logIn() {
        place.run("mkdir login");
        place.file(FILE, LOGIN);
    }

    @Test
    void theCopyHasTheAccessTokenAndNoRefreshToken() {
        assertThat(expose().exitCode()).isZero();

        assertThat(place.read(COPY)).isEqualTo(FOR_AGENTS);
        assertThat(place.run("stat -c '%a %u' login/for-agents " + COPY + "; ls -A login/for-agents")
                        .output())
                .isEqualTo("700 1000\n600 1000\n.credentials.json\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s/r-1/r-1 \\n/; s/,/ ,\\n  /g; s/:/ : /",
                "s/}}/},\"mcpOAuth\":{\"x\":{\"accessToken\":\"\",\"refreshToken\":\"r-1\"}}}/",
                "s/{\"claude/{\"mcpOAuth\":{\"x\":{\"accessToken\":\"r-1\"}},\"claude/",
                "s/\"scopes/\"trustedDeviceToken\":\"r-1\",\"scopes/",
                "s/\"expiresAt\"/\"RefreshToken\":\"r-1\",\"expiresAt\"/"
            })
    void noOtherSecretOfTheFileIsInTheCopyWhateverItsForm(String change) {
        place.run("sed -i '" + change + "' " + FILE);
        assertThat(place.read(FILE)).isNotEqualTo(LOGIN);

        expose();

        assertThat(place.read(COPY)).isEqualTo(FOR_AGENTS);
    }

    @Test
    void aRenewedLoginReplacesTheCopyAsAWhole() {
        expose();
        place.run("exec 3<" + COPY + "; cat <&3 >before");
        String inode = place.run("stat -c %i " + COPY).output();
        place.run("sed -i s/a-1/a-2/ " + FILE);

        expose();

        assertThat(place.read(COPY)).isEqualTo(FOR_AGENTS.replace("a-1", "a-2"));
        assertThat(place.run("stat -c %i " + COPY).output()).isNotEqualTo(inode);
    }

    @Test
    void aCopyThatIsCurrentIsNotWrittenAgain() {
        expose();
        String stamp = place.run("stat -c '%i %y' " + COPY).output();

        expose();

        assertThat(place.run("stat -c '%i %y' " + COPY).output()).isEqualTo(stamp);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ": >$file",
                "echo garbage >$file",
                "truncate -s 60 $file",
                "truncate -s -3 $file",
                "printf '{' >$file",
                "rm $file; mkfifo $file",
                "rm $file; mkdir $file",
                "chmod 000 $file",
                "sed -i s/a-1// $file"
            })
    void agentsKeepTheirTokenWhileTheFileIsDamagedOrBlank(String damage) {
        expose();

        place.run("file=" + FILE + "; " + damage);
        expose();

        assertThat(place.read(COPY)).isEqualTo(FOR_AGENTS);
    }

    @Test
    void anEndedLoginEndsForAgentsToo() {
        expose();

        place.run("sed -i s/a-1// " + FILE + "; /bin/sh $KIT/expose.sh ended");

        assertThat(place.read(COPY)).isEqualTo(FOR_AGENTS.replace("a-1", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rm $file", "echo '{}' >$file", "echo '{\"mcpOAuth\":{\"x\":{\"y\":1}}}' >$file"})
    void aLogoutTakesTheCopyAway(String logout) {
        expose();

        place.run("file=" + FILE + "; " + logout);
        expose();

        assertThat(place.run("ls -A login/for-agents").output()).isEmpty();
    }

    @Test
    void otherModesAndSharingAllHaveNoCopy() {
        place.run("CLAUDE_FLEET_LOGIN=token /bin/sh $KIT/expose.sh; unset CLAUDE_SECURESTORAGE_CONFIG_DIR;"
                + " CLAUDE_CONFIG_DIR=$HERE/login /bin/sh $KIT/expose.sh");

        assertThat(place.run("ls -A login").output()).isEqualTo(".credentials.json\n");
    }

    @Test
    void aDirectoryThatItCannotWriteIsReported() {
        place.run("mkdir -m 500 login/for-agents");

        ExecResult result = expose();

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.errors()).contains("ermission denied");
    }

    /** Two renewals overlap: one process copies what it read before another one renewed the login. */
    @Test
    void aSlowCopyDoesNotOutliveANewerLogin() {
        place.command(
                "mv",
                "[ -e $HERE/renewed ] || { touch $HERE/renewed; sed -i s/a-1/a-2/ $HERE/" + FILE
                        + "; }; exec /bin/mv \"$@\"\n");

        expose();

        assertThat(place.read(COPY)).isEqualTo(FOR_AGENTS.replace("a-1", "a-2"));
    }

    private ExecResult expose() {
        return place.run("/bin/sh $KIT/expose.sh");
    }
}
