package io.github.claudefleet.gateway;

import io.github.claudefleet.spec.Exposure;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Table of docs/security.md with what an agent can do in each mode, from what an attacker in that mode achieved.
 *
 * @param target addresses that the attacker is given
 * @param credential the credential that the gateway has
 */
record SecurityTable(Fence fence, World world, Map<String, Object> target, String credential) {

    /** Beginning of a header's value in each of its requests. */
    static final String MARK = "mark-";

    private static final String API = "api.anthropic.com";
    private static final String YES = "yes";
    private static final String NO = "no";

    /** Returns the cells of an agent behind the gateway, without its mode. */
    String fenced(String agent, Exposure exposure) throws IOException, InterruptedException {
        fence.apply(fence.policy().text(exposure.value()));
        return "`" + exposure.value() + "` | " + cells(agent, exposure == Exposure.AGENT, new HashMap<>(target));
    }

    /** Returns the cells of an agent that has a network and no gateway. */
    String open(String agent) throws IOException, InterruptedException {
        Map<String, Object> given = new HashMap<>(target);
        given.put("open", true);
        return "any | " + cells(agent, true, given);
    }

    /** @param holds true if the agent has the credential, as in this mode; it has a placeholder otherwise */
    private String cells(String agent, boolean holds, Map<String, Object> given)
            throws IOException, InterruptedException {
        String mark = MARK + UUID.randomUUID();
        given.putAll(Map.of("held", holds ? credential : "placeholder", "mark", mark));
        List<String> saw = fence.saw(agent, given, "rights");
        return String.join(" | ", reach(saw), holds ? YES : NO, sent(holds, mark), foreign(mark));
    }

    private static String reach(List<String> saw) {
        boolean others = saw.get(0).equals("HTTP 200");
        boolean services = saw.get(2).equals("HTTP 200");
        boolean api = saw.get(3).equals("HTTP 200");
        if (!api) {
            return "nothing: " + saw;
        }
        return !others ? "what is allowed" : services ? "all" : "all but this machine's own services";
    }

    private String sent(boolean holds, String mark) throws IOException, InterruptedException {
        if (got("evil.test", mark)) {
            return YES;
        }
        return got("allowed.test", mark) || holds && got(API, mark)
                ? "only inside of a request to what is allowed"
                : NO;
    }

    private boolean got(String host, String mark) throws IOException, InterruptedException {
        return world.requestsTo(host).stream()
                .anyMatch(headers -> headers.contains(mark) && headers.contains(credential));
    }

    private String foreign(String mark) throws IOException, InterruptedException {
        return world.requestsTo(API).stream().anyMatch(headers -> headers.contains(mark) && !headers.contains("x-mark"))
                ? YES
                : NO;
    }
}
