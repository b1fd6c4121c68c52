/**
 * Follows agents at work: reads what their containers print, hands them tasks, stops those that are over their time, and
 * keeps their events. What is to be done is decided in {@code work}.
 */
package io.github.claudefleet.supervise;
