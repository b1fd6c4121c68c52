/** The façade: a short method for each goal, which reads as what the goal does. */
package io.github.claudefleet.fleet;
