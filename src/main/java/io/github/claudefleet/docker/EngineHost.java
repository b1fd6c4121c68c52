package io.github.claudefleet.docker;

import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.spec.InvalidSpecException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/**
 * Finds the host of an address that Java's own reading of addresses has none for: a name with an underscore, as networks of
 * containers have them. Docker-java goes by that reading, and is given the number.
 */
final class EngineHost {

    private EngineHost() {}

    /** @throws EngineException if nobody knows the name */
    static URI reachable(EngineAddress address) {
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
        return URI.create("tcp://" + number(name) + authority.substring(colon) + uri.getRawPath());
    }

    private static String number(String name) {
        try {
            InetAddress found = InetAddress.getByName(name);
            return found instanceof Inet6Address ? "[" + found.getHostAddress() + "]" : found.getHostAddress();
        } catch (UnknownHostException e) {
            throw new EngineException(Kind.UNREACHABLE, Connection.CALL, "there is no host " + name, "", null);
        }
    }
}
