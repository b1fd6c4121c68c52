/**
 * Immutable values of a fleet's specification, which reject bad input at construction. The package imports only the
 * JDK.
 */
package io.github.claudefleet.spec;
