/** The machine that Maven runs on: who runs it, and whose its files are. */
package io.github.claudefleet.host;
