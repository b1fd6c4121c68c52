/** A fleet's gateway: the files that it gets, and what it reports. */
package io.github.claudefleet.gateway;
