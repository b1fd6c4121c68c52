/** Tests of the door for JUnit tests, which are written with it where an engine is at hand. */
package io.github.claudefleet.junit;
