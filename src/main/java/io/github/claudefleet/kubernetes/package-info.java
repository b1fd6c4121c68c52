/**
 * Adapter to Kubernetes: agents as bare Pods, files as Secrets, and one Job that owns them all. The only package that
 * knows Kubernetes' client, which is optional. No goal reaches it yet.
 */
package io.github.claudefleet.kubernetes;
