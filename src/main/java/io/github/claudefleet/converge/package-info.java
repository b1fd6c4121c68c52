/** Walks a plan over the engine and decides nothing; then watches from outside until what was started is ready. */
package io.github.claudefleet.converge;
