/** Console output: one interface method for each event, and one class with all texts. */
package io.github.claudefleet.console;
