package io.github.claudefleet.plan;

import io.github.claudefleet.claude.ClaudeEnvironment;
import io.github.claudefleet.claude.ClaudeFiles;
import io.github.claudefleet.engine.ImageObservation;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.ClaudeContext;
import io.github.claudefleet.spec.ContainerPaths;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Environment variables of a fleet's containers. */
record ContainerEnvironment(FleetSpec spec, ImageObservation image) {

    SortedMap<String, String> ofAuth() {
        return with(spec.containers().environment());
    }

    SortedMap<String, String> of(AgentSpec agent) {
        SortedMap<String, String> environment = with(agent.environment());
        mavenArguments().ifPresent(arguments -> environment.putIfAbsent("MAVEN_ARGS", arguments));
        if (agent.claude().repositorySettings()) {
            environment.put("CLAUDE_FLEET_REPOSITORY", "trusted");
        }
        if (!agent.claude().context().instructions().equals(ClaudeContext.DEFAULT.instructions())) {
            environment.put(
                    "CLAUDE_FLEET_INSTRUCTIONS",
                    String.join(" ", agent.claude().context().instructions()));
        }
        if (agent.workspace().strategy() == WorkspaceStrategy.READONLY) {
            environment.put("CLAUDE_FLEET_WORKSPACE", "readonly");
        }
        return environment;
    }

    /** Adds the CLI's variables, which override the pom's. The login's location depends on the sharing. */
    private SortedMap<String, String> with(SortedMap<String, String> own) {
        SortedMap<String, String> environment = new TreeMap<>();
        environment.put(ClaudeEnvironment.NO_NONESSENTIAL_TRAFFIC, "1");
        environment.put(ClaudeEnvironment.NO_AUTOUPDATER, "1");
        environment.putAll(own);
        String home = home();
        environment.put("HOME", home);
        if (spec.containers().hardening().readOnlyRootfs()) {
            // Java can't find the home, since no passwd entry can be added there. It prints this option on stderr.
            environment.putIfAbsent("JAVA_TOOL_OPTIONS", "-Duser.home=" + home);
        }
        environment.put("CLAUDE_FLEET_LOGIN", spec.login().mode().value());
        boolean sharesAll = spec.login().sharesAll();
        environment.put(
                ClaudeEnvironment.CONFIG_DIRECTORY,
                sharesAll ? ContainerPaths.LOGIN : home + "/" + ClaudeFiles.CONFIG_DIRECTORY);
        if (spec.login().mode() == LoginMode.TOKEN) {
            environment.put(ClaudeEnvironment.LOGIN_DIRECTORY, ContainerPaths.SECRETS);
        } else if (spec.login().mode() == LoginMode.LOGIN && !sharesAll) {
            environment.put(ClaudeEnvironment.LOGIN_DIRECTORY, ContainerPaths.LOGIN);
        }
        spec.containers()
                .caBundle()
                .ifPresent(
                        bundle -> environment.put(ClaudeEnvironment.EXTRA_CA_CERTIFICATES, ContainerPaths.CA_BUNDLE));
        return environment;
    }

    /** Returns MAVEN_ARGS (Maven 3.9 or later): reads the host's repository, and writes one in the home. */
    private Optional<String> mavenArguments() {
        List<String> arguments = new ArrayList<>();
        if (spec.java().repository().isPresent()) {
            arguments.add("-Dmaven.repo.local=" + home() + "/.m2/repository");
            arguments.add("-Dmaven.repo.local.tail=" + ContainerPaths.REPOSITORY);
            arguments.add("-Dmaven.repo.local.tail.ignoreAvailability=true");
        }
        if (spec.java().settings().isPresent()) {
            arguments.addAll(List.of("--settings", ContainerPaths.SETTINGS));
        }
        return arguments.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", arguments));
    }

    /** Returns the home. A read-only root file system leaves only {@code /tmp} writable, whatever the image says. */
    private String home() {
        return spec.containers().hardening().readOnlyRootfs()
                ? ContainerPaths.DEFAULT_HOME
                : image.labels().getOrDefault(Labels.HOME, ContainerPaths.DEFAULT_HOME);
    }
}
