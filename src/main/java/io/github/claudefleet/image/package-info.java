/** The image that agents run: its name, and the build of the bundled one. */
package io.github.claudefleet.image;
