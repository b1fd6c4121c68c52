/** The last run of a fleet as a page of the project's site. */
package io.github.claudefleet.site;
