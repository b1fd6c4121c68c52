package io.github.claudefleet.tasksource;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Source with a row for each module of the build.
 *
 * @param base directory that paths are relative to
 * @param packagings packagings of the modules that count; empty for all but {@code pom}
 */
public record ModuleList(List<BuildModule> modules, Path base, Set<String> packagings) implements TaskSource {

    private static final String POM = "pom";

    @Override
    public Rows read() {
        List<Row> rows = modules.stream().filter(this::counts).map(this::row).toList();
        return new Rows(
                rows,
                "the modules of this build",
                "this build has no module"
                        + (packagings.isEmpty() ? " of another packaging than pom" : " of packaging " + packagings));
    }

    private boolean counts(BuildModule module) {
        return packagings.isEmpty() ? !module.packaging().equals(POM) : packagings.contains(module.packaging());
    }

    private Row row(BuildModule module) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("module", module.artifactId());
        fields.put("groupId", module.groupId());
        fields.put("version", module.version());
        fields.put("packaging", module.packaging());
        fields.put("directory", module.directoryFrom(base));
        return new Row(module.artifactId(), module.groupId() + ":" + module.artifactId(), fields, Set.of());
    }
}
