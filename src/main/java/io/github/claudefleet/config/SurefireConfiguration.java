package io.github.claudefleet.config;

import io.github.claudefleet.tasksource.SurefireReports;
import java.util.List;

/** Configuration of {@code <surefire>}: failing tests as a source of tasks. */
public class SurefireConfiguration {

    private List<String> directories;

    SurefireReports toSource(ConfigurationContext context) {
        return new SurefireReports(
                context.modules(), context.baseDirectory(), directories == null ? List.of() : directories);
    }
}
