/**
 * Stand-in for Anthropic's services in a rehearsal. The real, unmodified Claude Code CLI gets the answers of a script,
 * without an account and without the internet.
 *
 * <p>What answers a request uses only the JDK, so that the tests' stand-in, which adds accounts, sign-ins and faults, can
 * run in a container that has nothing but a JDK.
 */
package io.github.claudefleet.standin;
