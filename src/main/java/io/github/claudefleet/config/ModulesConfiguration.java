package io.github.claudefleet.config;

import io.github.claudefleet.tasksource.ModuleList;
import java.util.List;
import java.util.Set;

/** Configuration of {@code <modules>}: modules of the build as a source of tasks. */
public class ModulesConfiguration {

    private List<String> packagings;

    ModuleList toSource(ConfigurationContext context) {
        return new ModuleList(
                context.modules(), context.baseDirectory(), packagings == null ? Set.of() : Set.copyOf(packagings));
    }
}
