package io.github.claudefleet.deaths;

import io.github.claudefleet.faults.FaultProxy;
import io.github.claudefleet.faults.Gate;
import io.github.claudefleet.it.MavenProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A point of a build at which it dies. */
enum KillPoint {
    NETWORK("after the network", "-Dclaude-fleet.network=") {
        @Override
        Optional<Gate> gate(KilledBuild build, FaultProxy engine) {
            return Optional.of(engine.gateAfter("POST", ".*/networks/create"));
        }
    },
    AUTH("after the auth container") {
        @Override
        Optional<Gate> gate(KilledBuild build, FaultProxy engine) {
            return Optional.of(engine.gateAfter("POST", ".*/containers/.*/start"));
        }
    },
    CREATED("between create and start of an agent") {
        @Override
        Optional<Gate> gate(KilledBuild build, FaultProxy engine) {
            return Optional.of(engine.gateAfter("POST", ".*/containers/create\\?name=.*-worker"));
        }
    },
    PROBE("in the probe") {
        @Override
        String script() {
            return "[" + KilledBuild.slow("Say yes") + "]";
        }

        @Override
        void await(KilledBuild build, MavenProcess maven) throws IOException, InterruptedException {
            build.awaitRequest("Say yes");
        }
    },
    READY("when ready") {
        @Override
        void await(KilledBuild build, MavenProcess maven) throws IOException, InterruptedException {
            maven.awaitOutput("1 agent ready");
        }
    },
    WORK("at work") {
        @Override
        void await(KilledBuild build, MavenProcess maven) throws IOException, InterruptedException {
            build.awaitRequest(KilledBuild.PROMPT);
            // An agent begins as soon as it is there, perhaps before Maven comes to follow it.
            build.awaitResults();
        }
    },
    COLLECTING("collecting") {
        @Override
        String script() {
            return "[]";
        }

        @Override
        void await(KilledBuild build, MavenProcess maven) throws IOException, InterruptedException {
            maven.awaitOutput("1 of 1 task done");
        }
    },
    STOPPING("stopping") {
        @Override
        String script() {
            return "[]";
        }

        @Override
        Optional<Gate> gate(KilledBuild build, FaultProxy engine) {
            return Optional.of(build.gateAtStop(engine));
        }
    };

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final String words;
    private final List<String> arguments;

    KillPoint(String words, String... arguments) {
        this.words = words;
        this.arguments = List.of(arguments);
    }

    /** What Maven is told beside what all builds are told. */
    List<String> arguments() {
        return arguments;
    }

    /** How the stand-in answers the build's requests: by default the agent's work takes an hour. */
    String script() {
        return "[" + KilledBuild.slow(KilledBuild.PROMPT) + "]";
    }

    /** Where the engine is held up, if that is how the point is met. */
    Optional<Gate> gate(KilledBuild build, FaultProxy engine) {
        return Optional.empty();
    }

    /** Waits until the build is there, where no gate tells. */
    void await(KilledBuild build, MavenProcess maven) throws IOException, InterruptedException {
        throw new IllegalStateException(this + " has neither a gate nor another sign");
    }

    /** Waits until the build is there. */
    void reach(KilledBuild build, MavenProcess maven, Optional<Gate> gate) throws IOException, InterruptedException {
        if (gate.isEmpty()) {
            await(build, maven);
        } else if (!gate.get().awaitReached(LIMIT)) {
            throw new AssertionError("never came to: " + words + "\n" + maven.output());
        }
    }

    @Override
    public String toString() {
        return words;
    }
}
