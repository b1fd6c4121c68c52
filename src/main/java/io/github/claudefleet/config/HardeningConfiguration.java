package io.github.claudefleet.config;

import io.github.claudefleet.spec.Hardening;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Configuration of {@code <hardening>}: restrictions of the containers that differ from the default. */
public class HardeningConfiguration {

    private List<String> capDrop;
    private List<String> capAdd;
    // Strings, because Maven parses every value but "true" as false, which would remove a restriction.
    private String noNewPrivileges;
    private String init;
    private String readOnlyRootfs;
    private List<String> writable;
    private String runtime;

    void fillFrom(PropertySource properties) {
        noNewPrivileges = properties.or(noNewPrivileges, "hardening.noNewPrivileges");
        init = properties.or(init, "hardening.init");
        readOnlyRootfs = properties.or(readOnlyRootfs, "hardening.readOnlyRootfs");
        runtime = properties.or(runtime, "hardening.runtime");
        writable = listOr(writable, properties, "hardening.writable");
        capDrop = listOr(capDrop, properties, "hardening.capDrop");
        capAdd = listOr(capAdd, properties, "hardening.capAdd");
    }

    Hardening toSpec() {
        Hardening standard = Hardening.DEFAULT;
        return new Hardening(
                capDrop == null ? standard.capDrop() : capDrop,
                capAdd == null ? standard.capAdd() : capAdd,
                Flags.read("hardening.noNewPrivileges", noNewPrivileges, standard.noNewPrivileges()),
                Flags.read("hardening.init", init, standard.init()),
                Flags.read("hardening.readOnlyRootfs", readOnlyRootfs, standard.readOnlyRootfs()),
                writable == null ? standard.writable() : writable,
                Optional.ofNullable(runtime).map(String::strip));
    }

    /** Returns the pom's list, or that of a comma-separated property; an empty property means none. */
    private static List<String> listOr(List<String> fromPom, PropertySource properties, String name) {
        return fromPom != null
                ? fromPom
                : properties.get(name).map(HardeningConfiguration::split).orElse(null);
    }

    private static List<String> split(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }
}
