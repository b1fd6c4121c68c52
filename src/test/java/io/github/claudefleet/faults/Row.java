package io.github.claudefleet.faults;

import java.util.List;
import java.util.stream.Stream;

/**
 * Call that a goal makes, with the expected words of its failure.
 *
 * @param goal {@code start} or {@code stop}
 * @param call name of the call in the document
 * @param calls matcher for the call
 * @param spared number of matching calls that come before it
 * @param words texts of which the failure's message contains at least one
 */
record Row(String goal, String call, Calls calls, int spared, List<String> words) {

    private static final String CONTAINER = "/containers/[0-9a-f]{64}";

    private static final List<Row> ALL = Stream.concat(start(), stop()).toList();

    /** Returns every call that starting and stopping a fleet makes. */
    static List<Row> all() {
        return ALL;
    }

    private static Stream<Row> start() {
        return Stream.of(
                start("GET /version", "find a container engine"),
                start("GET /info", "find a container engine"),
                start("GET /images/NAME/json", "/images/.*/json", "inspect image", "is not on the engine"),
                start("GET /containers/json", "list containers"),
                start("GET /networks", "list networks"),
                start("GET /volumes", "list volumes"),
                start("POST /volumes/create", "/volumes/create", "create volume", "create network"),
                start("POST /networks/create", "/networks/create", "create network", "create volume"),
                start("POST /containers/create (auth)", "/containers/create\\?name=.*-auth", "create container"),
                start("GET /containers/ID/archive", CONTAINER + "/archive", "read /etc/passwd"),
                start("PUT /containers/ID/archive (user)", CONTAINER + "/archive", "write /claude-fleet/kit/passwd"),
                start("DELETE /containers/ID", CONTAINER, "remove container", "create container"),
                start("GET /volumes/NAME", "/volumes/.+", "inspect volume"),
                start("POST /containers/ID/start (auth)", CONTAINER + "/start", "start container"),
                start("GET /containers/ID/json", CONTAINER + "/json", "inspect container", "its container is gone"),
                start("POST /containers/ID/exec", CONTAINER + "/exec", "run \""),
                start("POST /exec/ID/start", "/exec/.*/start", "run ", "not proved"),
                start("GET /exec/ID/json", "/exec/.*/json", "run \""),
                start("PUT /containers/ID/archive (kit)", CONTAINER + "/archive", "write files")
                        .sparing(1),
                start("POST /containers/create (agent)", "/containers/create\\?name=.*-tester", "create container"),
                start("POST /containers/ID/start (agent)", CONTAINER + "/start", "start container")
                        .sparing(1),
                start(
                        "GET /containers/ID/logs",
                        CONTAINER + "/logs",
                        "read the log",
                        "its container is gone",
                        "did not get ready"));
    }

    private static Stream<Row> stop() {
        return Stream.of(
                stop("GET /version", "find a container engine"),
                stop("GET /info", "find a container engine"),
                stop("GET /containers/json", "list containers"),
                stop("GET /containers/ID/json", CONTAINER + "/json", "inspect container", "remove network"),
                stop("GET /networks", "list networks"),
                stop("GET /volumes", "list volumes"),
                stop("POST /containers/ID/stop", CONTAINER + "/stop", "stop container"),
                stop("DELETE /containers/ID", CONTAINER, "remove container", "volume is in use"),
                stop("DELETE /networks/ID", "/networks/.*", "remove network"),
                stop("DELETE /volumes/NAME", "/volumes/.*", "remove volume"));
    }

    /**
     * Returns true if the outcome depends on chance: on the position of the cut in the answer, or on the other builds
     * that are on the engine. A goal inspects only containers that have ended, which are those of other builds.
     */
    boolean variesAt(Fault fault) {
        return switch (fault) {
            case SLOW -> false;
            case CUT ->
                call.matches("POST /exec/ID/start|GET /containers/ID/json|GET /(containers/json|networks|volumes)");
            default -> call.equals("GET /containers/ID/json");
        };
    }

    boolean includes(String goalOf, String heard) {
        String[] parts = heard.split(" ", 2);
        return goal.equals(goalOf) && calls.include(parts[0], parts[1]);
    }

    private static Row start(String call, String words) {
        return start(call, call.split(" ")[1], words);
    }

    private static Row start(String call, String path, String... words) {
        return new Row("start", call, Calls.of(call.split(" ")[0], path), 0, List.of(words));
    }

    private static Row stop(String call, String words) {
        return stop(call, call.split(" ")[1], words);
    }

    private static Row stop(String call, String path, String... words) {
        return new Row("stop", call, Calls.of(call.split(" ")[0], path), 0, List.of(words));
    }

    private Row sparing(int count) {
        return new Row(goal, call, calls, count, words);
    }
}
