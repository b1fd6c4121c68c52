/** OpenTelemetry: a fleet's run as a trace. Only {@link OtlpTrace} names the SDK, which is an optional dependency. */
package io.github.claudefleet.telemetry;
