/** Tests of the login, with a CLI, a person and a clock that do what a test has them do. */
package io.github.claudefleet.auth;
