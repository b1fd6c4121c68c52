package io.github.claudefleet.supervise;

/** Lines that the CLI prints. */
final class CliLines {

    static final String INIT =
            "{\"type\":\"system\",\"subtype\":\"init\",\"session_id\":\"5a7b\",\"model\":\"opus\",\"claude_code_version\":\"2.1.330\"}";

    /** Sign of life that is no progress of the session. */
    static final String SIGN_OF_LIFE = "{\"type\":\"of_next_year\"}";

    private CliLines() {}

    static String result(String text, String cost) {
        return "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false,\"result\":\"%s\",\"num_turns\":1,\"total_cost_usd\":%s}"
                .formatted(text, cost);
    }

    /** Good result for ten cents. */
    static String result() {
        return result("fine", "0.1");
    }

    /** Answer of the CLI itself, which asks nothing of the model. */
    static String resultOfItsOwn(String text) {
        return "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false,\"result\":\"%s\",\"num_turns\":0,\"total_cost_usd\":0,\"modelUsage\":{}}"
                .formatted(text);
    }

    /** @param status status of the service's answer, such as 529 */
    static String failure(int status, String text, String cost) {
        return "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":true,\"api_error_status\":%d,\"result\":\"%s\",\"total_cost_usd\":%s}"
                .formatted(status, text, cost);
    }

    /** Error of the CLI itself, such as {@code error_max_turns}. */
    static String error(String subtype, String text) {
        return "{\"type\":\"result\",\"subtype\":\"%s\",\"is_error\":true,\"errors\":[\"%s\"],\"total_cost_usd\":0.1}"
                .formatted(subtype, text);
    }

    static String quotaReached(long resetsAt) {
        return "{\"type\":\"rate_limit_event\",\"rate_limit_info\":{\"status\":\"rejected\",\"resetsAt\":%d}}"
                .formatted(resetsAt);
    }

    static String use(String tool, String target) {
        return "{\"type\":\"assistant\",\"message\":{\"id\":\"m1\",\"content\":[{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"%s\",\"input\":{\"command\":\"%s\"}}]}}"
                .formatted(tool, target);
    }

    /** List of the commands in the background; without any if there is no description. */
    static String background(String... descriptions) {
        StringBuilder tasks = new StringBuilder();
        for (String description : descriptions) {
            tasks.append(tasks.isEmpty() ? "" : ",")
                    .append("{\"task_id\":\"b-%s\",\"description\":\"%1$s\"}".formatted(description));
        }
        return "{\"type\":\"system\",\"subtype\":\"background_tasks_changed\",\"tasks\":[" + tasks + "]}";
    }
}
