package io.github.claudefleet.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.spec.ContainerUser;
import org.junit.jupiter.api.Test;

class UserEntryTest {

    private static final String USERS = "root:x:0:0:root:/root:/bin/bash\nnode:x:1000:1000::/home/node:/bin/sh\n";

    @Test
    void aNumberWithoutANameGetsOne() {
        assertThat(UserEntry.with(USERS, new ContainerUser(12345, 0), "/home/agent"))
                .hasValue("agent:x:12345:0:agent:/home/agent:/bin/sh\n" + USERS);
    }

    @Test
    void aUserOfTheImageGetsTheHomeThatIsSetAndKeepsItsName() {
        assertThat(UserEntry.with(USERS, new ContainerUser(1000, 1000), "/home/agent"))
                .hasValue("agent:x:1000:1000:agent:/home/agent:/bin/sh\n" + USERS);
        assertThat(UserEntry.with(USERS, new ContainerUser(1000, 5), "/home/node"))
                .isEmpty();
    }

    @Test
    void aNameThatIsTakenIsLeftToItsUser() {
        assertThat(UserEntry.with("agent:x:7:7::/a:/bin/sh\n", new ContainerUser(8, 8), "/h"))
                .hasValueSatisfying(users -> assertThat(users).startsWith("claude-fleet-agent:x:8:8:"));
    }
}
