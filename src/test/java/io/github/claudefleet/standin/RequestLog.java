package io.github.claudefleet.standin;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest requests, oldest first. Thread-safe. */
final class RequestLog {
    private static final int MOST = 20_000;

    private final Deque<RecordedRequest> requests = new ArrayDeque<>();

    synchronized void add(RecordedRequest request) {
        if (requests.size() == MOST) {
            requests.removeFirst();
        }
        requests.addLast(request);
    }

    synchronized List<RecordedRequest> all() {
        return List.copyOf(requests);
    }

    List<RecordedRequest> of(String account) {
        return all().stream()
                .filter(request -> request.account().equals(account))
                .toList();
    }

    synchronized void clear() {
        requests.clear();
    }
}
