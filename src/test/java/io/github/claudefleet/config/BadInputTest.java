package io.github.claudefleet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.ImageSpec;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.PullPolicy;
import io.github.claudefleet.spec.Shop;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Refusals of invalid values, each with the parameter's name, the problem and the remedy. */
class BadInputTest {

    @TempDir
    Path project;

    private final FleetConfiguration configuration = new FleetConfiguration();
    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "auth.mode           | magic      | \"magic\" is unknown          | Use one of: login, token, apiKey, federation, provider.",
                "auth.whenOutOfQuota | cry        | \"cry\" is unknown            | Use one of: fail, wait.",
                "auth.quotaTimeout   | never      | is not a duration             | 30s, 5m or 2h",
                "auth.timeout        | soon       | \"soon\" is not a duration     | 30s, 5m or 2h",
                "auth.timeout        | 0          | not between 1ms and 30d       | 30s, 5m or 2h",
                "auth.timeout        | -5s        | \"-5s\" is not a duration      | 30s, 5m or 2h",
                "auth.timeout        | PT-5S      | not between 1ms and 30d       | 30s, 5m or 2h",
                "auth.timeout        | 999999999d | not between 1ms and 30d       | 30s, 5m or 2h",
                "auth.pollInterval   | 5 parsecs | is not a duration             | 30s, 5m or 2h",
                "auth.remember       | never      | is not a duration             | 30s, 5m or 2h",
                "auth.unattended     | sleep      | \"sleep\" is unknown          | Use one of: wait, fail.",
                "auth.signInTimeout  | later      | is not a duration             | 30s, 5m or 2h",
                "auth.console        | yes        | \"yes\" is neither true nor false | Write true or false.",
                "auth.sso            | 1          | \"1\" is neither true nor false | Write true or false.",
                "auth.email          | ann        | \"ann\" is not an e-mail address | ann@example.org",
                "auth.email          | --sso@x    | is not an e-mail address      | ann@example.org",
                "auth.code           | half       | is not a whole code           | including the # in the middle",
                "auth.code           | half#      | is not a whole code           | including the # in the middle",
                "auth.code           | #half      | is not a whole code           | including the # in the middle",
                "auth.code           | ' '        | is empty                      | the sign-in page shows",
                "image.pull          | sometimes  | \"sometimes\" is unknown      | Use one of: missing, always, never.",
                "image.name          | NOT a name | is not the name of an image   | as docker run takes it",
                "image.name          | a:b:c      | is not the name of an image   | as docker run takes it",
                "image.claudeVersion | latest     | \"latest\" is not a version   | Pin one",
                "image.dockerfile    | none.df    | none.df is not there          | Name a Dockerfile",
                "image.caBundle      | none.pem   | none.pem can't be read        | certificates in PEM form",
                "workspace           | none       | none is not a directory       | Make it, or name another",
            })
    void refusesAProperty(String parameter, String value, String problem, String next) {
        properties.put(parameter, value);
        configuration.workers(1);
        refused(parameter, problem, next);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                    | which is not HOST_PATH:CONTAINER_PATH   | ~/.aws:/home/agent/.aws:ro",
                "pom                 | which is not HOST_PATH:CONTAINER_PATH   | ~/.aws:/home/agent/.aws:ro",
                "pom:target          | which is not HOST_PATH:CONTAINER_PATH   | ~/.aws:/home/agent/.aws:ro",
                "pom:/a:rx           | which is not HOST_PATH:CONTAINER_PATH   | ~/.aws:/home/agent/.aws:ro",
                "none:/a             | none, which is not there                | Name a file or directory",
                "~/none:/a           | none, which is not there                | Name a file or directory",
                "pom:/               | whose place in the containers is taken  | Choose a path outside",
                "pom:/workspace      | whose place in the containers is taken  | Choose a path outside",
                "pom:/x/../workspace | whose place in the containers is taken  | Choose a path outside",
                "pom:/claude-fleet/a | whose place in the containers is taken  | Choose a path outside",
                "pom:/proc/self      | whose place in the containers is taken  | Choose a path outside",
                "pom:/home/agent/.claude/CLAUDE.md | each agent's CLI writes files of its own | Use claudeDirectory",
                "pom:/home/agent/.claude | each agent's CLI writes files of its own | Use claudeDirectory",
                "pom:/root/.claude.json  | each agent's CLI writes files of its own | Use claudeDirectory",
                "pom:/tmp/claude-fleet-home/.claude/skills | each agent's CLI writes files of its own | Use claudeDirectory",
                "/dev/null:/a        | engine's socket or a device             | Name the files alone",
                "login:/a            | agents would reach the login directory  | Leave it out",
                ".:/a                | agents would reach the login directory  | Leave it out",
                "login/sub:/a        | agents would reach the login directory  | Leave it out",
            })
    void refusesAMount(String mount, String problem, String next) throws IOException {
        Files.writeString(project.resolve("pom"), "");
        Files.createDirectories(project.resolve("login/sub"));
        properties.put("auth.directory", "login");
        configuration.mounts(Collections.singletonList(mount));
        refused("mounts", problem, next);
    }

    @Test
    void refusesAMountOfWhatHoldsAnEnginesSocketInThePersonsHome() throws IOException {
        Path socket = project.resolve("home/.colima/default/docker.sock");
        Files.createDirectories(socket.getParent());
        Files.createFile(socket);
        configuration.mounts(List.of("~/.colima:/a"));

        refused("mounts", ".colima, by which a container would reach the engine's socket", "Name the files alone");
    }

    @Test
    void refusesAMountOfASocketAndOfWhatHoldsTheEngines() throws IOException {
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(project.resolve("s.sock")));
            configuration.mounts(List.of(project.resolve("s.sock") + ":/a"));
            refused("mounts", "s.sock, by which a container would reach the engine's socket", "Name the files alone");
        }
    }

    @Test
    void refusesTwoMountsInOnePlace() throws IOException {
        Files.writeString(project.resolve("pom"), "");
        configuration.mounts(List.of("pom:/a", "pom:/a/:rw"));
        refused("mounts", "has two for /a", "Give each a path of its own");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CLAUDE_CODE_USE_BEDROCK", "CLAUDE_CODE_USE_VERTEX", "CLAUDE_CODE_USE_FOUNDRY"})
    void refusesAnotherServiceBesideALogin(String variable) {
        configuration.environment(Map.of(variable, "1"));
        refused(
                "environment",
                variable + ", which would outrank the login of auth.mode login",
                "auth.mode to provider");
        configuration
                .environment(Map.of())
                .agents(List.of(Beans.agent(Map.of("name", "a", "environment", Map.of(variable, "1")))));
        refused("environment", variable, "auth.mode to provider");
    }

    @Test
    void refusesACodeWhereNobodySignsIn() {
        properties.put("auth.mode", "apiKey");
        properties.put("auth.env", "KEY");
        environment.put("KEY", "k");
        properties.put("auth.code", "c0de#state");
        refused("auth.code", "is of no use in mode apiKey", "set auth.mode to login");
    }

    @Test
    void neverRepeatsACode() {
        properties.put("auth.code", "c0de");
        assertThatThrownBy(() -> configuration
                        .fillFrom(name -> Optional.ofNullable(properties.get(name)))
                        .toSpec(Shop.idOf("shop"), configurationContext(), ContainerUser.FOR_ROOT))
                .hasMessageNotContaining("c0de");
    }

    @Test
    void refusesAnEmptyLoginDirectory() {
        properties.put("auth.directory", " ");
        refused("auth.directory", "is empty", "Name a directory");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name            | Bad_Name    | \"Bad_Name\" is not a valid name | for example \"bad-name\"",
                "name            | auth        | the name of another container    | Choose another name.",
                "name            | -x          | is not a valid name              | for example \"x\"",
                "replicas        | 0           | 0 is out of range                | from 1 to 500",
                "replicas        | -1          | -1 is out of range               | from 1 to 500",
                "replicas        | 100000      | 100000 is out of range           | from 1 to 500",
                "maxTurns        | 0           | 0 is out of range                | from 1 to 100000",
                "maxTurns        | -7          | -7 is out of range               | from 1 to 100000",
                "pids            | 0           | 0 is out of range                | from 32 to 100000",
                "pids            | -1          | -1 is out of range               | from 32 to 100000",
                "cpus            | two         | \"two\" is not a number          | such as 0.5 or 2",
                "cpus            | 0           | 0.0 is out of range              | such as 0.5 or 2",
                "cpus            | -2          | -2.0 is out of range             | such as 0.5 or 2",
                "cpus            | NaN         | NaN is out of range              | such as 0.5 or 2",
                "cpus            | 1e9         | 1.0E9 is out of range            | such as 0.5 or 2",
                "memory          | lots        | \"lots\" is not a size           | such as 512m or 2g",
                "memory          | -1g         | \"-1g\" is not a size            | such as 512m or 2g",
                "memory          | 1k          | outside what an agent can have   | 2g is the default",
                "memory          | 99999999999t| outside what an agent can have   | 2g is the default",
                "prompt          | '  '        | is empty                         | Write what the agent shall do",
                "promptFile      | none.md     | none.md can't be read: no such file or directory (agent a) | Name a text file in UTF-8",
                "promptFile      | ''          | can't be read: is a directory (agent a) | Name a text file in UTF-8",
                "claudeArguments | --x \"half  | can't be split into arguments    | Close every quote.",
                "claudeArguments | --x 'half   | can't be split into arguments    | Close every quote.",
                "effort          | extreme     | \"extreme\" is unknown           | low, medium, high, xhigh, max; a",
                "effort          | HIGH        | \"HIGH\" is unknown              | (--effort LEVEL).",
                "effort          | ''          | \"\" is unknown                  | Use one of: low",
                "fallbackModel   | '  '        | has an entry without a name      | such as sonnet,haiku",
                "fallbackModel   | opus,,haiku | has an entry without a name      | such as sonnet,haiku",
                "fallbackModel   | opus,       | has an entry without a name      | such as sonnet,haiku",
            },
            quoteCharacter = '`')
    void refusesAnAgentsParameter(String parameter, String value, String problem, String next) {
        String text = value.equals("''") ? "" : value.equals("'  '") ? "  " : value;
        Map<String, Object> agent = new HashMap<>(Map.of("name", "a"));
        agent.put(parameter, text);
        configuration.agents(List.of(Beans.agent(agent)));
        refused(parameter, problem, next);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "none.json    | none.json can't be read: no such file or directory (agent a) | Name a text file",
                "''           | can't be read: is a directory (agent a)   | Name a text file",
                "{\"a\":1      | is no JSON (line 1, column                | without comments",
                "{\"a\":1,}    | is no JSON (line 1, column 8)             | without comments",
                "{} {}        | is no JSON (line 1                        | without comments",
                "{\"a\":1,\"a\":2}                     | is no JSON (line 1         | without comments",
                "{\"apiKeyHelper\":\"cat key\"}        | apiKeyHelper, but the login of auth.mode login | by <auth>",
                "{\"forceLoginMethod\":\"console\"}    | has forceLoginMethod, but the login     | by <auth>",
                "{\"awsAuthRefresh\":\"aws sso login\"} | has awsAuthRefresh, but the login      | by <auth>",
                "{\"env\":{\"ANTHROPIC_API_KEY\":\"x\"}} | has ANTHROPIC_API_KEY in env          | by <auth>",
                "{\"env\":{\"AWS_SECRET_ACCESS_KEY\":\"x\"}} | AWS_SECRET_ACCESS_KEY in env      | by <auth>",
                "{\"env\":{\"CLAUDE_CODE_USE_BEDROCK\":\"1\"}} | which would outrank the login   | to provider",
                "{\"env\":{\"CLAUDE_CONFIG_DIR\":\"/x\"}}  | in env, which the fleet sets itself  | see sharing",
                "{\"env\":{\"CLAUDE_FLEET_KIT\":\"/x\"}}   | in env, which the fleet sets itself  | see sharing",
                "{\"env\":{\"A\":\"Bearer abcdefghijk\"}}  | looks like a credential              | mounts can",
            },
            quoteCharacter = '`')
    void refusesSettings(String settings, String problem, String next) {
        String text = settings.equals("''") ? "" : settings;
        configuration.agents(List.of(Beans.agent(Map.of("name", "a", "settings", text))));
        refused("agent.settings", problem, next);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"hooks\":{},\"env\":{\"LANG\":\"C\",\"CLAUDE_CODE_USE_BEDROCK\":\"0\"}}",
                "{\"permissions\":{\"deny\":[\"Bash(git push ssh://git@example.org/x)\"]}}"
            })
    void takesSettings(String settings) {
        configuration.agents(List.of(Beans.agent(Map.of("name", "a", "settings", settings))));

        assertThat(configuration
                        .toSpec(Shop.idOf("f"), configurationContext(), user())
                        .agents()
                        .get(0)
                        .claude()
                        .settings())
                .contains(settings);
    }

    @Test
    void aRefusalOfSettingsQuotesNothingOfThem() {
        for (String settings :
                List.of("{hush", "{\"env\":{\"ANTHROPIC_API_KEY\":\"hush\"}}", "{\"a\":\"sk-ant-hush\"}")) {
            configuration.agents(List.of(Beans.agent(Map.of("name", "a", "settings", settings))));

            assertThat(refused("agent.settings", "", "")).hasMessageNotContaining("hush");
        }
    }

    @Test
    void aFileOfSettingsIsAnObject() throws IOException {
        Files.writeString(project.resolve("list.json"), "[1]\n");
        configuration.agents(List.of(Beans.agent(Map.of("name", "a", "settings", "list.json"))));

        refused("agent.settings", "is no JSON object, so the CLI would work without", "without comments");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--settings x.json", "--settings=x.json"})
    void refusesSettingsFromTwoPlaces(String arguments) {
        configuration.agents(List.of(Beans.agent(Map.of("name", "a", "settings", "{}", "claudeArguments", arguments))));

        refused("agent.settings", "beside --settings in agent.claudeArguments", "Put all settings into agent.settings");
    }

    @Test
    void anotherServicesCredentialCommandIsForModeProvider() {
        properties.put("auth.mode", "provider");
        Map<String, Object> agent = Map.of("name", "a", "settings", "{\"awsAuthRefresh\":\"aws sso login\"}");
        configuration.agents(List.of(Beans.agent(agent))).fillFrom(this::property);

        assertThat(configuration
                        .toSpec(Shop.idOf("f"), configurationContext(), user())
                        .agents())
                .hasSize(1);
    }

    @Test
    void refusesAnAgentWithoutAName() {
        configuration.agents(List.of(new AgentConfiguration()));
        refused("agent.name", "is missing", "Give it a name");
    }

    @Test
    void refusesTwoAgentsOfOneName() {
        configuration.agents(List.of(agentNamed("a"), agentNamed("a")));
        refused("agent.name", "\"a\" is used twice", "replicas included");
    }

    @Test
    void refusesAnAgentOfAReplicasName() {
        configuration.agents(List.of(agentNamed("worker-2"))).workers(2);
        refused("agent.name", "\"worker-2\" is used twice", "replicas included");
    }

    @Test
    void refusesTwoPrompts() {
        configuration.agents(List.of(Beans.agent(Map.of("name", "a", "prompt", "Do", "promptFile", "do.md"))));
        refused(
                "agent.prompt",
                "is set beside another of agent.promptFile, agent.tasks and agent.tasksFrom (agent a)",
                "Keep one of them.");
    }

    @Test
    void refusesAnEmptyPromptFile() throws IOException {
        Files.writeString(project.resolve("do.md"), " \n");
        configuration.agents(List.of(Beans.agent(Map.of("name", "a", "promptFile", "do.md"))));
        refused("agent.promptFile", "do.md is empty (agent a)", "Write into it what is wanted");
    }

    @Test
    void refusesAPromptFileThatIsNoText() throws IOException {
        Files.write(project.resolve("do.md"), new byte[] {(byte) 0xc3, (byte) 0x28});
        configuration.agents(List.of(Beans.agent(Map.of("name", "a", "promptFile", "do.md"))));
        refused(
                "agent.promptFile",
                "do.md can't be read: it is not text in UTF-8 (agent a)",
                "Name a text file in UTF-8");
    }

    @Test
    void refusesAnUnknownStrategy() {
        WorkspaceConfiguration workspace = Beans.fill(new WorkspaceConfiguration(), Map.of("strategy", "teleport"));
        configuration.agents(List.of(Beans.agent(Map.of("name", "a", "workspace", workspace))));
        refused(
                "workspace.strategy",
                "\"teleport\" is unknown",
                "Use one of: bind, worktree, clone, copy, readonly, none.");
    }

    @Test
    void refusesAFileForAWorkspace() throws IOException {
        Files.writeString(project.resolve("file"), "");
        properties.put("workspace", "file");
        configuration.workers(1);
        refused("workspace", "file is not a directory", "Make it, or name another");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 501, 100_000})
    void refusesANumberOfWorkers(int workers) {
        configuration.workers(workers);
        refused("workers", workers + " is out of range", "from 1 to 500");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 65})
    void refusesAParallelism(int parallelism) {
        configuration.parallelism(parallelism);
        refused("parallelism", parallelism + " is out of range", "from 1 to 64");
    }

    @Test
    void refusesTimesThatAreNone() {
        configuration.startTimeout("whenever");
        refused("startTimeout", "\"whenever\" is not a duration", "30s, 5m or 2h");
        configuration.startTimeout(null).stopTimeout("0");
        refused("stopTimeout", "not between 1ms and 30d", "30s, 5m or 2h");
    }

    @Test
    void refusesAnUnknownWayOfSharing() {
        configuration.sharing("all-by-fallback");
        refused("sharing", "\"all-by-fallback\" is unknown", "Use one of: login, all.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0      | is root",
                "0:0    | is root",
                "agent  | \"agent\" is not UID:GID",
                "1:2:3  | \"1:2:3\" is not UID:GID",
                "-1     | \"-1\" is not UID:GID",
                "9999999999 | is not UID:GID",
            })
    void refusesAUser(String user, String problem) {
        configuration.user(user);
        refused("user", problem, "1000:1000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"db", "db:", ":127.0.0.1", "db 127.0.0.1", "db:somewhere", ""})
    void refusesAHostWithoutAnAddress(String line) {
        configuration.extraHosts(List.of(line));
        refused("extraHosts", "\"" + line + "\" is not HOST:ADDRESS", "db:127.0.0.1");
    }

    @Test
    void refusesAnEmptyHost() {
        configuration.extraHosts(Arrays.asList("db:127.0.0.1", null));
        refused("extraHosts", "is not HOST:ADDRESS", "db:127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"db:127.0.0.1", "db:fe80::1", "db:host-gateway"})
    void takesAHostWithAnAddress(String line) {
        configuration.extraHosts(List.of(line));
        assertThat(configuration
                        .toSpec(Shop.idOf("f"), configurationContext(), user())
                        .containers()
                        .extraHosts())
                .containsExactly(line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ANTHROPIC_API_KEY",
                "ANTHROPIC_AUTH_TOKEN",
                "CLAUDE_CODE_OAUTH_TOKEN",
                "ANTHROPIC_IDENTITY_TOKEN"
            })
    void refusesACredentialInTheEnvironmentAndNeverShowsIt(String variable) {
        configuration.environment(Map.of(variable, "sk-ant-secret"));
        assertThat(refused("environment", variable, "auth.mode token, apiKey or federation"))
                .hasMessageNotContaining("sk-ant-secret");
        configuration
                .environment(Map.of())
                .agents(List.of(Beans.agent(Map.of("name", "a", "environment", Map.of(variable, "sk-ant-secret")))));
        assertThat(refused("environment", variable, "auth.mode token, apiKey or federation"))
                .hasMessageNotContaining("sk-ant-secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HOME", "CLAUDE_CONFIG_DIR", "CLAUDE_SECURESTORAGE_CONFIG_DIR"})
    void refusesAVariableOfTheFleetsOwn(String variable) {
        configuration.environment(Map.of(variable, "x"));
        refused("environment", variable + ", which the fleet sets itself", "Leave it out");
    }

    @Test
    void refusesAVariableWithoutAValueOrName() {
        configuration.environment(Collections.singletonMap("A", null));
        refused("environment", "\"A\" without a value", "Write <NAME>value</NAME>.");
        configuration.environment(Map.of("A=B", "x"));
        refused("environment", "\"A=B\" without a valid name", "Write <NAME>value</NAME>.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "agent",
                "team/agent:1.0",
                "registry.example:5000/team/agent:Latest_1",
                "agent@sha256:0123456789abcdef",
                "sha256:0123456789abcdef",
                "localhost/agent"
            })
    void takesAnImagesName(String name) {
        properties.put("image.name", name);
        configuration.fillFrom(this::property);
        assertThat(configuration
                        .toSpec(Shop.idOf("f"), configurationContext(), user())
                        .image())
                .isEqualTo(new ImageSpec.Named(name, PullPolicy.MISSING));
    }

    @Test
    void refusesAnImageThatIsNamedAndBuilt() {
        properties.put("image.name", "x");
        properties.put("image.base", "y");
        refused("image.name", "is set beside image.base", "not both");
    }

    @Test
    void refusesABundleWithoutACertificate() throws IOException {
        Files.writeString(project.resolve("ca.pem"), "-----BEGIN PRIVATE KEY-----");
        properties.put("image.caBundle", "ca.pem");
        refused("image.caBundle", "ca.pem has no certificate in PEM form", "certificates in PEM form");
    }

    @Test
    void refusesATokenFromNowhere() {
        properties.put("auth.mode", "token");
        refused("auth.mode", "is token, but nothing says where the credential is", "auth.serverId");
    }

    @Test
    void refusesAKeyFromTwoPlaces() {
        properties.putAll(Map.of("auth.mode", "apiKey", "auth.env", "KEY", "auth.file", "key"));
        environment.put("KEY", "sk-ant-secret");
        assertThat(refused("auth.mode", "is apiKey, but more than one parameter says", "Set one of auth.serverId"))
                .hasMessageNotContaining("sk-ant-secret");
    }

    @Test
    void refusesAServerThatSettingsDoNotHave() {
        properties.putAll(Map.of("auth.mode", "token", "auth.serverId", "claude"));
        refused("auth.serverId", "\"claude\" is not a <server>", "<server><id>claude</id>");
    }

    @Test
    void refusesAVariableThatIsNotSetOrEmpty() {
        properties.putAll(Map.of("auth.mode", "token", "auth.env", "TOKEN"));
        refused("auth.env", "TOKEN, which is not set", "Set it where Maven is started");
        environment.put("TOKEN", " ");
        refused("auth.env", "TOKEN, which is empty", "Set it where Maven is started");
    }

    @Test
    void refusesAFileThatIsMissingEmptyOrADirectory() throws IOException {
        properties.putAll(Map.of("auth.mode", "token", "auth.file", "token"));
        refused("auth.file", "token can't be read", "Name a file that holds the credential alone.");
        Path file = Files.writeString(project.resolve("token"), "\n");
        refused("auth.file", "token is empty", "Put the credential into it.");
        Files.delete(file);
        Files.createDirectory(file);
        refused("auth.file", "token can't be read", "Name a file that holds the credential alone.");
    }

    private InvalidSpecException refused(String parameter, String problem, String next) {
        InvalidSpecException refusal = catchThrowableOfType(
                InvalidSpecException.class,
                () -> configuration.fillFrom(this::property).toSpec(Shop.idOf("f"), configurationContext(), user()));
        assertThat(refusal).as("a refusal of " + parameter).isNotNull();
        assertThat(refusal.parameter()).endsWith(parameter);
        assertThat(refusal).hasMessageStartingWith(refusal.parameter()).hasMessageContaining(problem);
        assertThat(refusal.suggestion()).contains(next).endsWith(".");
        return refusal;
    }

    private AgentConfiguration agentNamed(String name) {
        return Beans.agent(Map.of("name", name));
    }

    private Optional<String> property(String name) {
        return Optional.ofNullable(properties.get(name));
    }

    private ConfigurationContext configurationContext() {
        return new ConfigurationContext(
                project,
                HomeDirectory.at(project.resolve("home")),
                environment,
                name -> Optional.empty(),
                id -> Optional.empty());
    }

    private static ContainerUser user() {
        return ContainerUser.FOR_ROOT;
    }
}
