/**
 * Console output: implements the listeners that the rooms below declare, with all texts, for one sink. Also has the
 * messages of the goals themselves.
 */
package io.github.claudefleet.console;
