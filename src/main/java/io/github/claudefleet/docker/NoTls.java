package io.github.claudefleet.docker;

import javax.net.ssl.SSLContext;

/**
 * Stands where TLS is not spoken. Given nothing, the transport reads all of the machine's certificates before its first
 * call, on a unix socket too, which takes a fresh JVM a fifth of a second.
 */
final class NoTls extends SSLContext {

    /** Without a provider; whoever would use it meets a NullPointerException, and on such lines nobody does. */
    NoTls() {
        super(null, null, "none");
    }
}
