package io.github.claudefleet.standin;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Registry of all accounts. Creates an account with the default settings when its name is first used. */
final class Accounts {
    private final Clock clock;
    private final Map<String, Account> byName = new ConcurrentHashMap<>();

    Accounts(Clock clock) {
        this.clock = clock;
    }

    /** @throws IllegalArgumentException if the name is not a valid account name */
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
