/** Tasks from what a build already knows: its test reports, modules, files, and what a command prints. */
package io.github.claudefleet.tasksource;
