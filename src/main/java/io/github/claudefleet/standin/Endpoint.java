package io.github.claudefleet.standin;

/** Part of the services. Returns its reply without waiting; the {@link Router} applies delays. */
@FunctionalInterface
interface Endpoint {
    /** @throws IllegalArgumentException if the request is invalid; the message is returned with status 400 */
    Reply answer(Request request);
}
