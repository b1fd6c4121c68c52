package io.github.claudefleet.kubernetes;

/**
 * Container of a pod, as the port's ids have it: the name of the pod for its main container, else with that of the
 * container, as in {@code claude-fleet-shop-writer-1/transfer}.
 */
record PodPart(String pod, String container) {

    private static final char SEPARATOR = '/';

    static PodPart of(String id) {
        int end = id.indexOf(SEPARATOR);
        return end < 0
                ? new PodPart(ObjectNames.name(id), PodFactory.CONTAINER)
                : new PodPart(ObjectNames.name(id.substring(0, end)), id.substring(end + 1));
    }

    String id() {
        return pod + SEPARATOR + container;
    }
}
