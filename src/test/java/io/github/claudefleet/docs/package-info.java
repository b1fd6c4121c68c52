/** Compares the documents with the code: each quote, list or generated part with its source. */
package io.github.claudefleet.docs;
