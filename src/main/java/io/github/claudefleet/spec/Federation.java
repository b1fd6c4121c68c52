package io.github.claudefleet.spec;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Workload identity federation: what an identity token is exchanged for.
 *
 * @param rule id of the federation rule ({@code fdrl_…})
 * @param organization id of the organisation, a UUID
 * @param serviceAccount id of the service account ({@code svac_…}), if it is given
 * @param workspace id of the workspace ({@code wrkspc_…}), or {@code default}; needed if the rule covers several
 * @param audience audience that the identity token must name
 * @param identity origin of the identity token
 */
public record Federation(
        String rule,
        String organization,
        Optional<String> serviceAccount,
        Optional<String> workspace,
        String audience,
        IdentitySource identity) {

    /** Audience that the service's documentation gives in each of its examples. */
    public static final String DEFAULT_AUDIENCE = "https://api.anthropic.com";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,200}");
    private static final Pattern AUDIENCE = Pattern.compile("[\\x21-\\x7e&&[^\"\\\\]]{1,500}");

    /** @throws InvalidSpecException if an id or the audience has another form */
    public Federation {
        check("auth.federationRule", rule, "fdrl_");
        check("auth.organization", organization, "");
        serviceAccount.ifPresent(id -> check("auth.serviceAccount", id, "svac_"));
        workspace.filter(id -> !id.equals("default")).ifPresent(id -> check("auth.workspace", id, "wrkspc_"));
        if (!AUDIENCE.matcher(audience).matches()) {
            throw new InvalidSpecException(
                    "auth.audience",
                    "is no audience (one word without quotes)",
                    "Write the audience of the federation rule, such as " + DEFAULT_AUDIENCE + ".");
        }
    }

    private static void check(String parameter, String id, String prefix) {
        if (!id.startsWith(prefix) || !ID.matcher(id).matches()) {
            throw new InvalidSpecException(
                    parameter,
                    "\"" + id + "\" is no such id" + (prefix.isEmpty() ? "" : ", which begins with " + prefix),
                    "Copy it from the Claude Console (Settings, Workload identity; the organisation's from Settings,"
                            + " Organization).");
        }
    }

    /** Returns a hash of everything but the identity token, which changes without being another identity. */
    public String hash() {
        return new Sha256()
                .add(rule)
                .add(organization)
                .add(serviceAccount.orElse(""))
                .add(workspace.orElse(""))
                .add(audience)
                .add(identity.origin())
                .shortHex();
    }

    /** Returns true if the identity token comes from the environment variable of that name. */
    public boolean reads(String variable) {
        return identity instanceof IdentitySource.TokenVariable source
                && source.name().equals(variable);
    }
}
