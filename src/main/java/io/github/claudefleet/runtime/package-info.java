/**
 * Files that every container of a fleet finds in its memory volume: the scripts that run there, prompts, trust, and the
 * credential in the modes that have one.
 */
package io.github.claudefleet.runtime;
