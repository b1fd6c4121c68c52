/** What people read: one method for each fact, and one place that words it. */
package io.github.claudefleet.console;
