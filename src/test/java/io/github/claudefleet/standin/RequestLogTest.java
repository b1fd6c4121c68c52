package io.github.claudefleet.standin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RequestLogTest {
    private final RequestLog log = new RequestLog();

    @Test
    void theOldestAreForgottenFirst() {
        IntStream.range(0, 20_001).forEach(time -> log.add(request(time, "alice")));
        assertEquals(20_000, log.all().size());
        assertEquals(1, log.all().get(0).timeMillis());
    }

    @Test
    void anAccountSeesItsOwn() {
        log.add(request(1, "alice"));
        log.add(request(2, "bob"));
        assertEquals(1, log.of("bob").size());
    }

    @Test
    void aRecordSurvivesTheWayThereAndBack() {
        RecordedRequest request = request(5, "alice");
        assertEquals(request, RecordedRequest.fromJson(JsonObject.parse(Json.write(request.toJson()))));
    }

    private static RecordedRequest request(long time, String account) {
        return new RecordedRequest(
                time, "127.0.0.1", "session", "GET", "host", "/", account, "setup " + account, 200, "note");
    }
}
