/**
 * Stand-in for Anthropic's services. The real, unmodified Claude Code CLI can log in, refresh, answer and run tools in
 * a test or in a demo, without an account and without the internet.
 *
 * <p>This package depends only on the JDK, not on the plugin, Maven or containers. State is per account, and the
 * account's name is part of every credential. Thus many tests share one stand-in without affecting each other.
 */
package io.github.claudefleet.standin;
