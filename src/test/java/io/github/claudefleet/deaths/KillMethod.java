package io.github.claudefleet.deaths;

import io.github.claudefleet.it.MavenProcess;
import java.io.IOException;

/** Way to kill a build from outside. */
enum KillMethod {
    INT("Ctrl-C"),
    TERM("SIGTERM"),
    HUP("SIGHUP"),
    KILL("SIGKILL"),
    GROUP("SIGKILL of the process group");

    private final String words;

    KillMethod(String words) {
        this.words = words;
    }

    void kill(MavenProcess maven) throws IOException, InterruptedException {
        switch (this) {
            case INT, TERM, HUP, KILL -> maven.signal(name());
            case GROUP -> maven.signalGroup("KILL");
        }
    }

    @Override
    public String toString() {
        return words;
    }
}
