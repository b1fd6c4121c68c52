/**
 * A stand-in for Anthropic's services, so that the real, unmodified Claude Code CLI can log in, refresh, answer and run
 * tools in a test or in a demo, without an account and without the internet.
 *
 * <p>The room's rule: the JDK only. It knows nothing of the plugin, of Maven or of containers. State is per account, and
 * the account's name is part of every credential, so that many tests share one stand-in and never meet.
 */
package io.github.claudefleet.standin;
