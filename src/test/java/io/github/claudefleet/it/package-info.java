/** What the scripts of the Maven projects in src/it are written in: a project, its fleet on the engine, and Maven. */
package io.github.claudefleet.it;
