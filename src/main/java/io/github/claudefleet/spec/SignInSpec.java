package io.github.claudefleet.spec;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a person signs in.
 *
 * @param console at the Anthropic Console, not with a Claude subscription
 * @param sso by the organisation's single sign-on
 * @param email the address that the sign-in page is filled in with; empty leaves that to the person
 * @param unattended what to do where no person can be asked
 * @param timeout how long a sign-in that was left behind waits for its code
 * @param code the code that completes a sign-in which waits; empty where there is none to hand in
 */
public record SignInSpec(
        boolean console,
        boolean sso,
        Optional<String> email,
        Unattended unattended,
        Duration timeout,
        Optional<Secret> code) {

    private static final Pattern EMAIL = Pattern.compile("[^\\s@-][^\\s@]*@[^\\s@]+");
    /** As the sign-in page shows it: the code and the state of the sign-in that it belongs to. */
    private static final Pattern CODE = Pattern.compile("[^\\s#]+#[^\\s#]+");

    /** @throws InvalidSpecException if the address isn't one, or the code is not a whole one */
    public SignInSpec {
        email.ifPresent(SignInSpec::checkEmail);
        code.ifPresent(SignInSpec::checkCode);
    }

    /** Whether that is a whole code, with both of its parts. */
    public static boolean isCode(String text) {
        return CODE.matcher(text).matches();
    }

    /** The arguments of {@code claude auth login} that say all this. */
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        if (console) {
            arguments.add("--console");
        }
        if (sso) {
            arguments.add("--sso");
        }
        email.ifPresent(address -> arguments.addAll(List.of("--email", address)));
        return arguments;
    }

    private static void checkEmail(String address) {
        if (!EMAIL.matcher(address).matches()) {
            throw new InvalidSpecException(
                    "auth.email",
                    "\"" + address + "\" is not an e-mail address",
                    "Write something like ann@example.org.");
        }
    }

    private static void checkCode(Secret secret) {
        if (!isCode(secret.reveal())) {
            throw new InvalidSpecException(
                    "auth.code",
                    "is not a whole code",
                    "Copy all of it, including the # in the middle, and quote it:"
                            + " '-Dclaude-fleet.auth.code=CODE#STATE'.");
        }
    }
}
