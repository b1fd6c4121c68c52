package io.github.claudefleet.standin;

/** A part of the services. It decides and never waits: waiting is the {@link Router}'s. */
@FunctionalInterface
interface Endpoint {
    /** @throws IllegalArgumentException if the request makes no sense; the message goes back with status 400 */
    Reply answer(Request request);
}
