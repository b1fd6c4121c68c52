package io.github.claudefleet.standin;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Every account that was ever named, each made with the default settings when its name first shows up. */
final class Accounts {
    private final Clock clock;
    private final Map<String, Account> byName = new ConcurrentHashMap<>();

    Accounts(Clock clock) {
        this.clock = clock;
    }

    /** @throws IllegalArgumentException if that cannot be an account's name */
    Account named(String name) {
        if (!name.matches(Credential.ACCOUNT_NAME)) {
            throw new IllegalArgumentException(
                    "'" + name + "' cannot be an account's name: use a-z, 0-9 and -, 100 at most");
        }
        return byName.computeIfAbsent(name, absent -> new Account(absent, clock));
    }

    void clear() {
        byName.clear();
    }
}
