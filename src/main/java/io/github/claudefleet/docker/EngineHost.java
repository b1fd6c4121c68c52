package io.github.claudefleet.docker;

import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.spec.InvalidSpecException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/**
 * Resolves a host name that {@link URI} does not accept, such as one with an underscore in a container network.
 * docker-java relies on {@link URI}, so it receives the IP address.
 */
final class EngineHost {

    private EngineHost() {}

    /**
     * @param call operation, for the error
     * @throws EngineException if the name cannot be resolved
     */
    static URI reachable(EngineAddress address, String call) {
        URI uri = address.uri();
        if (!uri.getScheme().equals("tcp") || uri.getHost() != null) {
            return uri;
        }
        String authority = uri.getRawAuthority();
        int colon = authority.lastIndexOf(':');
        String name = authority.substring(0, colon);
        if (address.certificates().isPresent()) {
            throw new InvalidSpecException(
                    "engine",
                    "\"" + address + "\" has a name with an underscore, which Java finds in no certificate",
                    "Name it by another alias, or by its number.");
        }
        return URI.create("tcp://" + number(name, call) + authority.substring(colon) + uri.getRawPath());
    }

    private static String number(String name, String call) {
        try {
            InetAddress found = InetAddress.getByName(name);
            return found instanceof Inet6Address ? "[" + found.getHostAddress() + "]" : found.getHostAddress();
        } catch (UnknownHostException e) {
            throw new EngineException(Kind.UNREACHABLE, call, "there is no host " + name, "", null);
        }
    }
}
