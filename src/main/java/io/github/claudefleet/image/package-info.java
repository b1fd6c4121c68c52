/** The image that agents run: its name, and how the bundled one is built. */
package io.github.claudefleet.image;
