package io.github.claudefleet.deaths;

import io.github.claudefleet.faults.FaultProxy;
import io.github.claudefleet.faults.Gate;
import io.github.claudefleet.it.MavenProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Point at which a build is killed. */
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
            // An agent begins as soon as it runs, perhaps before Maven follows its output.
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

    /** Additional Maven arguments for this point. */
    List<String> arguments() {
        return arguments;
    }

    /** Script of the stand-in for the build. By default the agent's work takes an hour. */
    String script() {
        return "[" + KilledBuild.slow(KilledBuild.PROMPT) + "]";
    }

    /** Gate that holds the engine at this point; empty if the point is recognized in another way. */
    Optional<Gate> gate(KilledBuild build, FaultProxy engine) {
        return Optional.empty();
    }

    /** Waits until the build is at this point, for points without a gate. */
    void await(KilledBuild build, MavenProcess maven) throws IOException, InterruptedException {
        throw new IllegalStateException(this + " has neither a gate nor another sign");
    }

    /** Waits until the build is at this point. */
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
