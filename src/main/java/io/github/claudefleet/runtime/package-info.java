/**
 * What every container of a fleet finds in its memory volume: the scripts that run there, prompts, trust, and the
 * credential in the modes where there is one to hand over.
 */
package io.github.claudefleet.runtime;
