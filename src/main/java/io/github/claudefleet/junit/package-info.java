/**
 * Door for JUnit tests: {@link io.github.claudefleet.junit.Fleet} gives a test class a fleet, which is a rehearsal by
 * default. No goal needs this room, and no other room knows JUnit.
 */
package io.github.claudefleet.junit;
