package io.github.claudefleet.plan;

import io.github.claudefleet.claude.ClaudeEnvironment;
import io.github.claudefleet.spec.ContainerPaths;
import io.github.claudefleet.spec.EgressMode;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Variables of an agent that reaches others through the gateway alone. Programs find the proxy and the gateway's CA by
 * them; none of them opens a way.
 */
final class FencedEnvironment {

    private static final String HOST = "127.0.0.1";
    private static final int PORT = 3128;
    private static final String PROXY = "http://" + HOST + ":" + PORT;
    private static final String BUNDLE = ContainerPaths.GATEWAY + "/bundle.pem";
    private static final String TRUST_STORE = ContainerPaths.GATEWAY + "/trust.p12";
    private static final String LOCAL = "localhost,127.0.0.1,::1,0.0.0.0,.localhost";

    /** Variables with a file of certificates that replaces a program's own. */
    private static final List<String> BUNDLE_VARIABLES = List.of(
            ClaudeEnvironment.EXTRA_CA_CERTIFICATES,
            "npm_config_cafile",
            "SSL_CERT_FILE",
            "CURL_CA_BUNDLE",
            "REQUESTS_CA_BUNDLE",
            "PIP_CERT",
            "GIT_SSL_CAINFO",
            "CARGO_HTTP_CAINFO",
            "AWS_CA_BUNDLE",
            "DENO_CERT",
            "NIX_SSL_CERT_FILE");

    private static final String JAVA_OPTIONS = "JAVA_TOOL_OPTIONS";

    private FencedEnvironment() {}

    /** @param own the agent's other variables, to whose Java options those of the proxy are added */
    static SortedMap<String, String> of(EgressMode mode, Map<String, String> own) {
        SortedMap<String, String> environment = new TreeMap<>();
        environment.put("CLAUDE_FLEET_EGRESS", mode.value());
        List.of("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy").forEach(name -> environment.put(name, PROXY));
        List.of("NO_PROXY", "no_proxy").forEach(name -> environment.put(name, LOCAL));
        BUNDLE_VARIABLES.forEach(name -> environment.put(name, BUNDLE));
        environment.put("WGETRC", ContainerPaths.GATEWAY + "/wgetrc");
        // Without it, Node.js (22.21 and newer) uses no proxy for its own fetch and http.
        environment.put("NODE_USE_ENV_PROXY", "1");
        String given = own.getOrDefault(JAVA_OPTIONS, "");
        environment.put(JAVA_OPTIONS, (given + " " + javaOptions()).strip());
        return environment;
    }

    private static String javaOptions() {
        return String.join(
                " ",
                "-Dhttps.proxyHost=" + HOST,
                "-Dhttps.proxyPort=" + PORT,
                "-Dhttp.proxyHost=" + HOST,
                "-Dhttp.proxyPort=" + PORT,
                "-Dhttp.nonProxyHosts=localhost|*.localhost|127.*|[::1]|0.0.0.0",
                "-Djavax.net.ssl.trustStore=" + TRUST_STORE,
                "-Djavax.net.ssl.trustStoreType=PKCS12",
                "-Djavax.net.ssl.trustStorePassword=changeit",
                "-Daether.connector.http.useSystemProperties=true",
                "-Daether.transport.apache.useSystemProperties=true");
    }
}
