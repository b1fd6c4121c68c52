/** Each agent's own place to work, made out of the project's repository, and what came of it brought home, by the host's own git. */
package io.github.claudefleet.workspace;
