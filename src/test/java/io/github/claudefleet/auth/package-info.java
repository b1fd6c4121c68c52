/** Tests of the login, with a CLI, a user and a clock that are controlled by the tests. */
package io.github.claudefleet.auth;
