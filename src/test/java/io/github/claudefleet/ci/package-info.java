/** Tests of the examples for CI systems in src/examples/ci. */
package io.github.claudefleet.ci;
