package io.github.claudefleet.spec;

/**
 * The build that makes something on an engine.
 *
 * @param build tells this build from all others
 * @param owner the process that runs it, in a form that tells later whether it is still alive
 */
public record Maker(String build, String owner) {}
