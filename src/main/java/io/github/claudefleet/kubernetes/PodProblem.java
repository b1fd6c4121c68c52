package io.github.claudefleet.kubernetes;

import java.util.Locale;

/**
 * Reason for which a pod does not run as it should, or ended without a fault of its process.
 *
 * @param kind kind of problem
 * @param detail message of the cluster
 */
record PodProblem(Kind kind, String detail) {

    /** Kind of problem, with the words for users. */
    enum Kind {
        OUT_OF_MEMORY("used more memory than its limit and was killed", "Raise its memory limit."),
        EVICTED("was evicted from its node", "Raise its requests or free resources of the node, and run it again."),
        DRAINED(
                "was evicted from its node on somebody's request, as when a node is drained or scaled away",
                "Run it again, and have long work's nodes left alone (cluster-autoscaler.kubernetes.io/safe-to-evict)."),
        PREEMPTED(
                "had to make room for a pod of higher priority",
                "Run it again when the cluster has room, or give it a priority class."),
        NODE_SHUT_DOWN("ended with its node, which shut down", "Run it again on another node."),
        DEADLINE_EXCEEDED("ran longer than its deadline", "Raise the time limit of the fleet or of the pod."),
        NODE_LOST(
                "is on a node that no longer answers",
                "See whether the node comes back (kubectl get nodes), or run it again on another."),
        UNSCHEDULABLE(
                "has no node that can run it",
                "Lower its limits or the number of agents, or have the cluster get a node that fits."),
        IMAGE_NOT_PULLED(
                "can't get its image",
                "See that the image's name is right and that the cluster may pull it (imagePullSecrets)."),
        REFUSED(
                "was refused by the node that the scheduler had chosen",
                "Run it again; if that happens often, lower its limits or its requests."),
        NOT_PREPARED(
                "waits for something that its node can't set up",
                "See that the volume, Secret or network that the message names is there, and run it again."),
        NOT_CREATED("can't be created on its node", "Mend what the message says, and run it again."),
        REMOVED(
                "was told to end, as by an eviction, a drained node or kubectl delete",
                "See who removes pods of this namespace (kubectl get events), and run it again.");

        private final String words;
        private final String suggestion;

        Kind(String words, String suggestion) {
            this.words = words;
            this.suggestion = suggestion;
        }

        /** Returns true if waiting may mend it. */
        boolean mayPass() {
            return this == UNSCHEDULABLE || this == IMAGE_NOT_PULLED || this == NODE_LOST || this == NOT_PREPARED;
        }
    }

    /** Returns a sentence on the pod, such as {@code pod shop-a was evicted from its node: …}. */
    String describe(String pod) {
        String sentence = "pod " + pod + " " + kind.words;
        return detail.isBlank() ? sentence : sentence + ": " + detail.strip();
    }

    /** Returns the sentence with the next action, for a place that has no other for it. */
    String advise(String pod) {
        return describe(pod) + " (" + suggestion().replaceFirst("\\.$", "") + ")";
    }

    /** Returns the next action for the user, a sentence. */
    String suggestion() {
        return kind.suggestion;
    }

    /** Returns the kind as users and files have it, such as {@code out-of-memory}. */
    String value() {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
