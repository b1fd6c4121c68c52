/** The one login: what the directory says of it, what a real request says of it, and how a person signs in. */
package io.github.claudefleet.auth;
