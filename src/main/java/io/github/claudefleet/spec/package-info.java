/**
 * The immutable vocabulary of a fleet: what was asked for, in values that refuse bad input when they are made. Imports
 * the JDK and nothing else.
 */
package io.github.claudefleet.spec;
