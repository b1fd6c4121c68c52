package io.github.claudefleet.plan;

import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.NetworkRequest;
import io.github.claudefleet.engine.VolumeRequest;

/** One thing to do to the engine; {@link #text()} says it the same way every time. */
public sealed interface Operation {

    /** What is done, such as {@code create}. */
    String verb();

    /** What it is done to, such as {@code container claude-fleet-shop-tester-1}. */
    String object();

    /** What is done to what, such as {@code create container claude-fleet-shop-tester-1}. */
    default String text() {
        return verb() + " " + object();
    }

    /** The same once it is done: {@code created container claude-fleet-shop-tester-1}. */
    default String textWhenDone() {
        return verb() + (verb().endsWith("e") ? "d " : "ed ") + object();
    }

    /** Fetch an image. */
    record PullImage(String reference) implements Operation {
        @Override
        public String verb() {
            return "pull";
        }

        @Override
        public String object() {
            return "image " + reference;
        }
    }

    /** Build the fleet's image. */
    record BuildImage(ImageTarget target) implements Operation {
        @Override
        public String verb() {
            return "build";
        }

        @Override
        public String object() {
            return "image " + target.reference();
        }

        @Override
        public String textWhenDone() {
            return "built " + object();
        }
    }

    /** Make the fleet's own network. */
    record CreateNetwork(NetworkRequest request) implements Operation {
        @Override
        public String verb() {
            return "create";
        }

        @Override
        public String object() {
            return "network " + request.name();
        }
    }

    /** Make a volume of the fleet's own. */
    record CreateVolume(VolumeRequest request) implements Operation {
        @Override
        public String verb() {
            return "create";
        }

        @Override
        public String object() {
            return "volume " + request.name();
        }
    }

    /** Make and start a container. */
    record CreateContainer(Role role, ContainerRequest request) implements Operation {
        @Override
        public String verb() {
            return "create";
        }

        @Override
        public String object() {
            return "container " + request.name();
        }
    }

    /** Remove a container and make and start its successor of the same name. */
    record ReplaceContainer(Role role, String formerId, ContainerRequest request) implements Operation {
        @Override
        public String verb() {
            return "replace";
        }

        @Override
        public String object() {
            return "container " + request.name();
        }
    }

    /** Stop a container and remove it. */
    record RemoveContainer(Role role, String id, String name) implements Operation {
        @Override
        public String verb() {
            return "remove";
        }

        @Override
        public String object() {
            return "container " + name;
        }
    }

    /** Remove a network of the fleet's own. */
    record RemoveNetwork(String id, String name) implements Operation {
        @Override
        public String verb() {
            return "remove";
        }

        @Override
        public String object() {
            return "network " + name;
        }
    }

    /** Remove a volume of the fleet's own. */
    record RemoveVolume(String name) implements Operation {
        @Override
        public String verb() {
            return "remove";
        }

        @Override
        public String object() {
            return "volume " + name;
        }
    }
}
