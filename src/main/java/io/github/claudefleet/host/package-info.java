/** Machine that Maven runs on, with its user and the owners of its files. */
package io.github.claudefleet.host;
