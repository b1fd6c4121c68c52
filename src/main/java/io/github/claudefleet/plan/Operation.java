package io.github.claudefleet.plan;

import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.NetworkRequest;
import io.github.claudefleet.engine.VolumeRequest;

/** Single change of the engine's resources; {@link #text()} always describes it in one form. */
public sealed interface Operation {

    /** Returns the verb, such as {@code create}. */
    String verb();

    /** Returns the object, such as {@code container claude-fleet-shop-tester-1}. */
    String object();

    /** Returns verb and object, such as {@code create container claude-fleet-shop-tester-1}. */
    default String text() {
        return verb() + " " + object();
    }

    /** Returns the text for a completed operation: {@code created container claude-fleet-shop-tester-1}. */
    default String textWhenDone() {
        return verb() + (verb().endsWith("e") ? "d " : "ed ") + object();
    }

    /** Pulls an image. */
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

    /** Builds the fleet's image. */
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

    /** Creates the fleet's own network. */
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

    /** Creates a volume of the fleet. */
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

    /** Creates and starts a container. */
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

    /** Removes a container, then creates and starts its successor of that name. */
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

    /** Stops and removes a container. */
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

    /** Removes a network of the fleet. */
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

    /** Removes a volume of the fleet. */
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
