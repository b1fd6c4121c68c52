package io.github.claudefleet.fleet;

import io.github.claudefleet.engine.EngineInfo;
import io.github.claudefleet.spec.Hardening;
import io.github.claudefleet.spec.InvalidSpecException;
import java.util.TreeSet;

/** Refuses a runtime that the engine does not have, before anything is created. */
final class RuntimeCheck {

    private RuntimeCheck() {}

    static void check(EngineInfo engine, Hardening hardening) {
        hardening.runtime().filter(name -> !engine.offers(name)).ifPresent(name -> {
            throw new InvalidSpecException(
                    "hardening.runtime",
                    "\"" + name + "\" is no runtime of the engine at " + engine.address() + ", which has "
                            + String.join(", ", new TreeSet<>(engine.runtimes())),
                    "Register it in the engine's daemon.json, or leave the parameter out for the engine's default.");
        });
    }
}
