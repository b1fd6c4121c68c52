/**
 * Adapter to Kubernetes: agents as bare Pods, files as Secrets, and one Job that owns them all. The only package that
 * knows Kubernetes' client, which is optional.
 */
package io.github.claudefleet.kubernetes;
