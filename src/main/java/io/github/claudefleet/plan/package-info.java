/**
 * Decides, and does nothing: what a fleet should be and what it is go in, a plan comes out. No call to an engine, no
 * clock; everything in an order that two runs agree on.
 */
package io.github.claudefleet.plan;
