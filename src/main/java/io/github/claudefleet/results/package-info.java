/** Results of a fleet's work: files for people, scripts and CI servers, and the verdict on them. */
package io.github.claudefleet.results;
