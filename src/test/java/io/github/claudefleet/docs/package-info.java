/** Keeps the documents and the code together: what the documents quote, list or generate is compared with its source. */
package io.github.claudefleet.docs;
