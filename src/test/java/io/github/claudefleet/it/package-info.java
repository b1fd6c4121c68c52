/** Helpers for the scripts of the Maven projects in src/it: a project, its fleet on the engine, and Maven. */
package io.github.claudefleet.it;
