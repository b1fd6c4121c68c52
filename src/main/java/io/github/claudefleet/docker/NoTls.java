package io.github.claudefleet.docker;

import javax.net.ssl.SSLContext;

/**
 * Placeholder for connections without TLS. Without it, the transport reads all CA certificates of the machine before
 * its first call, even on a unix socket, which takes 0.2 s in a new JVM.
 */
final class NoTls extends SSLContext {

    /** Creates it without a provider. Any use would throw a NullPointerException, but such connections never use it. */
    NoTls() {
        super(null, null, "none");
    }
}
