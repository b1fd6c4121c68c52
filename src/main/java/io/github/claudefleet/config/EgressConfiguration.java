package io.github.claudefleet.config;

import io.github.claudefleet.spec.EgressMode;
import io.github.claudefleet.spec.EgressPreset;
import io.github.claudefleet.spec.EgressRule;
import io.github.claudefleet.spec.EgressSpec;
import io.github.claudefleet.spec.FenceUse;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.Numbers;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Configuration of {@code <egress>}: the hosts that agents may reach. A plain word is the mode. */
public class EgressConfiguration {

    private static final int MOST_REQUESTS = 1_000_000;
    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@/-]*\\*?|\\*");

    private String mode;
    private List<String> allow = new ArrayList<>();
    private String models;
    private Integer maxRequests;
    private String base;
    private String image;
    private String fence;

    /** Sets a plain mode: {@code <egress>none</egress>}. */
    public void set(String word) {
        mode = word;
    }

    /** Adds a host or a preset: {@code <allow>repo.example.org</allow>}, as often as needed. */
    public void addAllow(String host) {
        allow.add(host);
    }

    void fillFrom(PropertySource properties) {
        mode = properties.or(mode, "egress.mode");
        models = properties.or(models, "egress.models");
        base = properties.or(base, "egress.base");
        image = properties.or(image, "egress.image");
        fence = properties.or(fence, "egress.fence");
        maxRequests = maxRequests != null
                ? maxRequests
                : properties
                        .get("egress.maxRequests")
                        .map(EgressConfiguration::number)
                        .orElse(null);
        if (allow.isEmpty()) {
            properties.get("egress.allow").ifPresent(list -> allow.addAll(Arrays.asList(list.split(","))));
        }
    }

    /** Returns the base of the gateway's image, if one is named. */
    Optional<String> base() {
        return Optional.ofNullable(base);
    }

    /** Returns the name of an existing image of the gateway, if one is named. */
    Optional<String> image() {
        return Optional.ofNullable(image);
    }

    /** Returns these values, with the fleet's for those that the agent does not configure. Its hosts are added. */
    EgressConfiguration over(EgressConfiguration fleets) {
        EgressConfiguration both = new EgressConfiguration();
        both.mode = mode == null ? fleets.mode : mode;
        both.allow = Stream.concat(fleets.allow.stream(), allow.stream()).toList();
        both.models = models == null ? fleets.models : models;
        both.maxRequests = maxRequests == null ? fleets.maxRequests : maxRequests;
        both.fence = fence == null ? fleets.fence : fence;
        return both;
    }

    /**
     * Returns the settings of an agent.
     *
     * @param repositories addresses of the build's repositories, for the preset {@code maven}
     */
    EgressSpec toSpec(Supplier<List<String>> repositories) {
        Set<EgressRule> rules = new LinkedHashSet<>();
        List<EgressPreset> presets = new ArrayList<>();
        for (String text : allow) {
            Optional<EgressPreset> preset = EgressPreset.find(checked(text));
            if (preset.isEmpty()) {
                rules.add(EgressRule.parse(text));
            } else if (preset.get() == EgressPreset.MAVEN) {
                repositories.get().forEach(address -> repository(address).ifPresent(rules::add));
            } else {
                presets.add(preset.get());
            }
        }
        return new EgressSpec(
                mode == null ? EgressMode.ALLOW : EgressMode.of(mode),
                List.copyOf(rules),
                presets,
                toModels(),
                Optional.ofNullable(maxRequests).map(EgressConfiguration::checked),
                fence == null ? FenceUse.REQUIRED : FenceUse.of(fence));
    }

    private static String checked(String text) {
        if (text == null || text.isBlank()) {
            throw new InvalidSpecException(
                    "egress.allow", "names nothing", "Write a host such as repo.example.org, or leave it out.");
        }
        return text;
    }

    private List<String> toModels() {
        if (models == null) {
            return List.of();
        }
        List<String> names =
                Arrays.stream(models.split(",", -1)).map(String::strip).toList();
        names.stream()
                .filter(name -> !MODEL.matcher(name).matches())
                .findFirst()
                .ifPresent(name -> {
                    throw new InvalidSpecException(
                            "egress.models",
                            "\"" + name + "\" is not the name of a model",
                            "Write full names separated by commas; * may stand for the end, as in claude-haiku-*.");
                });
        return names;
    }

    private static int checked(int number) {
        return Numbers.within("egress.maxRequests", number, 1, MOST_REQUESTS);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw new InvalidSpecException(
                    "egress.maxRequests", "\"" + text + "\" is not a number", "Use a number of requests such as 500.");
        }
    }

    /** Returns the rule for a repository; empty for one in the file system, or one that Maven can't reach either. */
    private static Optional<EgressRule> repository(String address) {
        try {
            return EgressRule.of(new URI(address));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
