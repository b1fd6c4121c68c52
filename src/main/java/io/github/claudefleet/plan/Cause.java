package io.github.claudefleet.plan;

import java.util.List;

/** Reason of an operation in a plan, worded as the end of a sentence that begins with "because". */
public record Cause(String text) {

    static final Cause ABSENT = new Cause("there is none yet");
    static final Cause NOT_IN_POM = new Cause("the pom no longer has it");
    static final Cause UNUSED = new Cause("nothing of the fleet uses it any more");
    static final Cause STOPPING = new Cause("the fleet is being stopped");
    static final Cause NEVER_STARTED = new Cause("it was made but never started");
    static final Cause NOT_ON_ENGINE = new Cause("the engine does not have it");
    static final Cause PULL_ALWAYS = new Cause("image.pull is always");
    static final Cause OWN_DOCKERFILE = new Cause("its Dockerfile may have changed (unchanged layers are cached)");

    static Cause changed(List<String> aspects) {
        return new Cause(String.join(", ", aspects) + " changed");
    }

    static Cause ended(int exitCode) {
        return new Cause("it ended with exit status " + exitCode);
    }

    static Cause state(String state) {
        return new Cause("it is " + state);
    }
}
