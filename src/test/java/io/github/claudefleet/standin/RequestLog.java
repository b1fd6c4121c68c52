package io.github.claudefleet.standin;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Latest requests, oldest first. Thread-safe. */
final class RequestLog {
    private static final int MOST = 20_000;
    /** Small limit, since each body has all of the CLI's tools in it. */
    private static final int MOST_MESSAGES = 40;

    private final Deque<RecordedRequest> requests = new ArrayDeque<>();
    private final Deque<Message> messages = new ArrayDeque<>();

    /** Body of one message request of an account. */
    private record Message(String account, String body) {}

    synchronized void add(RecordedRequest request) {
        if (requests.size() == MOST) {
            requests.removeFirst();
        }
        requests.addLast(request);
    }

    /** Stores the body of a message request. */
    synchronized void addMessage(String account, String body) {
        if (messages.size() == MOST_MESSAGES) {
            messages.removeFirst();
        }
        messages.addLast(new Message(account, body));
    }

    /** Returns the bodies of the account's latest message requests. */
    synchronized List<String> messagesOf(String account) {
        return messages.stream()
                .filter(message -> message.account().equals(account))
                .map(Message::body)
                .toList();
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
        messages.clear();
    }
}
