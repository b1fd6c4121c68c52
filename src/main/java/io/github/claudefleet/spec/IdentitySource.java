package io.github.claudefleet.spec;

import java.nio.file.Path;

/** Origin of a workload's identity token, a JWT that is exchanged for an access token. */
public sealed interface IdentitySource {

    /** Returns the origin for people; it never contains the token. */
    String origin();

    /** Returns true if there is another token when this one has ended. */
    default boolean isRenewed() {
        return true;
    }

    /**
     * File that something else keeps current, such as a projected token of Kubernetes. The auth container sees its
     * directory, because such a file is replaced together with the link that leads to it.
     *
     * @param path absolute path on this machine
     * @param token token that the file has now, for containers that may not read it
     */
    record TokenFile(Path path, Secret token) implements IdentitySource {
        @Override
        public String origin() {
            return "file " + path;
        }
    }

    /** Token of an environment variable, which nothing renews. */
    record TokenVariable(String name, Secret token) implements IdentitySource {
        @Override
        public String origin() {
            return "environment variable " + name;
        }

        @Override
        public boolean isRenewed() {
            return false;
        }
    }

    /**
     * GitHub's endpoint for identity tokens, which gives a new one for each request while the job lasts.
     *
     * @param url address of the request, audience included
     * @param token token that authorizes the request
     */
    record GitHubEndpoint(String url, Secret token) implements IdentitySource {
        @Override
        public String origin() {
            return "GitHub's OIDC endpoint";
        }
    }
}
