package io.github.claudefleet.standin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Certificate authority of the stand-in, and a server certificate for the hosts that the CLI calls. Both are in one
 * directory, so that clients may trust {@code ca.pem} ({@code NODE_EXTRA_CA_CERTS}) before the stand-in is started.
 */
final class TlsMaterial {
    /**
     * Both hosts that the CLI calls (2.1.330, measured), the hosts of its sign-in addresses, and those of the tests.
     */
    static final List<String> HOSTS = List.of(
            "api.anthropic.com", "platform.claude.com", "claude.ai", "claude.com", "localhost", "host.docker.internal");

    private static final String PASSWORD = "stand-in";
    private static final int DAYS = 90;
    private static final Duration TOO_NEAR = Duration.ofDays(7);

    private final Path folder;
    private final Clock clock;

    private TlsMaterial(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /**
     * Creates files that are missing or about to expire. Processes that share a directory wait for each other.
     *
     * @throws IOException if the directory cannot be written, or keytool fails
     */
    static synchronized TlsMaterial in(Path folder, Clock clock) throws IOException {
        Files.createDirectories(folder);
        TlsMaterial material = new TlsMaterial(folder, clock);
        try (FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock(); // until the channel is closed
            if (!material.isUsable()) {
                material.make();
            }
        }
        return material;
    }

    /** Certificate of the authority, for clients. */
    Path ca() {
        return folder.resolve("ca.pem");
    }

    /** @throws IOException if the key store cannot be read */
    SSLContext context() throws IOException {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(keyStore(), PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot use " + keys() + "; remove " + folder + " to have it made anew", e);
        }
    }

    private boolean isUsable() {
        if (!Files.exists(ca()) || !Files.exists(keys())) {
            return false;
        }
        try {
            X509Certificate certificate = (X509Certificate) keyStore().getCertificate("server");
            return certificate.getNotAfter().toInstant().isAfter(clock.instant().plus(TOO_NEAR))
                    && namesOf(certificate).containsAll(HOSTS);
        } catch (GeneralSecurityException | IOException e) {
            return false;
        }
    }

    private static List<String> namesOf(X509Certificate certificate) throws GeneralSecurityException {
        return certificate.getSubjectAlternativeNames().stream()
                .map(name -> String.valueOf(name.get(1)))
                .toList();
    }

    private void make() throws IOException {
        Path making = Files.createTempDirectory(folder, "making-");
        Keytool keytool = new Keytool(making.resolve("keys.p12"), PASSWORD);
        keytool.run(newKey("ca", "Stand-in authority", "-ext", "bc:c=ca:true"));
        keytool.run(newKey("server", "Stand-in", "-signer", "ca", "-ext", "san=" + subjects()));
        keytool.run(
                "-exportcert",
                "-rfc",
                "-alias",
                "ca",
                "-file",
                making.resolve("ca.pem").toString());
        keytool.run("-delete", "-alias", "ca");
        Files.setPosixFilePermissions(making.resolve("keys.p12"), PosixFilePermissions.fromString("rw-------"));
        Files.move(making.resolve("keys.p12"), keys(), StandardCopyOption.REPLACE_EXISTING);
        Files.move(making.resolve("ca.pem"), ca(), StandardCopyOption.REPLACE_EXISTING);
        Files.delete(making);
    }

    private static String[] newKey(String alias, String name, String... more) {
        List<String> arguments = new ArrayList<>(List.of("-genkeypair", "-alias", alias, "-dname", "CN=" + name));
        arguments.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", String.valueOf(DAYS)));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private static String subjects() {
        return HOSTS.stream().map(host -> "dns:" + host).collect(Collectors.joining(",", "", ",ip:127.0.0.1,ip:::1"));
    }

    private KeyStore keyStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys())) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private Path keys() {
        return folder.resolve("server.p12");
    }
}
