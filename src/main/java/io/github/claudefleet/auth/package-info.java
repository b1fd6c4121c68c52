/** Obtains and checks the fleet's login: reads the login directory, sends a real request, and lets a person sign in. */
package io.github.claudefleet.auth;
