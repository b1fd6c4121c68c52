/**
 * Compares the fleet's spec with the observed fleet and returns a plan. Changes nothing, calls no engine and reads no
 * clock; the order of everything is deterministic.
 */
package io.github.claudefleet.plan;
