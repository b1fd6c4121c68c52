package io.github.claudefleet.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.claudefleet.spec.Sha256;
import io.github.claudefleet.task.FleetReport;
import io.github.claudefleet.task.TaskReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Findings in the answers of a run's tasks.
 *
 * @param all findings, the worst first, each once
 * @param refused number of findings that name no file of the workspace
 * @param cut number of findings beyond the limit
 */
record Findings(List<CodeFinding> all, int refused, int cut) {

    /** Maximum number of results that GitHub accepts in a run; it shows the first 5,000. */
    static final int MOST = 25_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Comparator<CodeFinding> ORDER = Comparator.comparing(CodeFinding::severity)
            .thenComparing(CodeFinding::file)
            .thenComparing(CodeFinding::line)
            .thenComparing(CodeFinding::rule)
            .thenComparing(CodeFinding::message);

    /** Returns the findings; empty if no task has answered with the findings' schema. */
    static Optional<Findings> of(FleetReport report) {
        List<CodeFinding> found = new ArrayList<>();
        int refused = 0;
        boolean any = false;
        for (TaskReport task : report.tasks()) {
            Optional<JsonNode> list = task.outcome().isNeutral() ? Optional.empty() : list(task);
            any |= list.isPresent();
            for (JsonNode node : list.map(Iterable::spliterator)
                    .map(nodes -> StreamSupport.stream(nodes, false).toList())
                    .orElse(List.of())) {
                Optional<CodeFinding> one = CodeFinding.of(node, task);
                one.ifPresent(found::add);
                refused += one.isPresent() ? 0 : 1;
            }
        }
        return any ? Optional.of(limited(found, refused)) : Optional.empty();
    }

    private static Optional<JsonNode> list(TaskReport task) {
        try {
            Optional<String> answer = task.answer().structured();
            JsonNode list = answer.isEmpty()
                    ? JSON.nullNode()
                    : JSON.readTree(answer.get()).path("findings");
            boolean isList = list.isArray()
                    && StreamSupport.stream(list.spliterator(), false).allMatch(CodeFinding::isOne);
            return isList ? Optional.of(list) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Sorts them. Of those that several agents report in the same words, keeps the worst. */
    private static Findings limited(List<CodeFinding> found, int refused) {
        Set<String> seen = new HashSet<>();
        List<CodeFinding> sorted = found.stream()
                .sorted(ORDER)
                .filter(one -> seen.add(one.identity() + "\0" + one.line()))
                .toList();
        return new Findings(sorted.stream().limit(MOST).toList(), refused, Math.max(0, sorted.size() - MOST));
    }

    /** Returns a fingerprint for each finding. It is unique, because GitLab shows only the first of equal ones. */
    List<String> fingerprints() {
        Map<String, Integer> seen = new HashMap<>();
        return all.stream()
                .map(one -> new Sha256()
                        .add(one.identity())
                        .add(String.valueOf(seen.merge(one.identity(), 1, Integer::sum)))
                        .hex())
                .toList();
    }

    /** Returns the reason why some findings are missing; empty if none is. */
    Optional<String> problem() {
        String outside = refused == 0 ? "" : "findings that name no file of the workspace are left out: " + refused;
        String more = cut == 0 ? "" : "findings beyond the " + MOST + " that GitHub takes are left out: " + cut;
        return Optional.of(outside + (refused > 0 && cut > 0 ? "; " : "") + more)
                .filter(text -> !text.isEmpty());
    }
}
