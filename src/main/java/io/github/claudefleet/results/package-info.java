/** What a fleet's work comes to, as files that people, scripts and CI servers read, and as a verdict on it. */
package io.github.claudefleet.results;
