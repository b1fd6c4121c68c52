package io.github.claudefleet.spec;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Settings of a person's sign-in.
 *
 * @param console true to sign in at the Anthropic Console instead of with a Claude subscription
 * @param sso true to use the organisation's single sign-on
 * @param email address that is filled in on the sign-in page; empty leaves that to the person
 * @param unattended behaviour if no person can be asked
 * @param timeout maximum time for which a sign-in that was left behind waits for its code
 * @param code code that completes a waiting sign-in; empty if there is none to submit
 */
public record SignInSpec(
        boolean console,
        boolean sso,
        Optional<String> email,
        Unattended unattended,
        Duration timeout,
        Optional<Secret> code) {

    /** Default: a sign-in with a Claude subscription, which waits for a person. */
    public static final SignInSpec DEFAULT =
            new SignInSpec(false, false, Optional.empty(), Unattended.WAIT, Duration.ofMinutes(15), Optional.empty());

    private static final Pattern EMAIL = Pattern.compile("[^\\s@-][^\\s@]*@[^\\s@]+");
    /** Pattern of a code as the sign-in page shows it: the code and the state of its sign-in. */
    private static final Pattern CODE = Pattern.compile("[^\\s#]+#[^\\s#]+");

    /** @throws InvalidSpecException if the address is not valid, or the code is not complete */
    public SignInSpec {
        email.ifPresent(SignInSpec::checkEmail);
        code.ifPresent(SignInSpec::checkCode);
    }

    /** Checks whether a text is a complete code, with both of its parts. */
    public static boolean isCode(String text) {
        return CODE.matcher(text).matches();
    }

    /** Returns the arguments of {@code claude auth login} for these settings. */
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
