package io.github.claudefleet.tasksource;

import io.github.claudefleet.spec.OneLine;
import io.github.claudefleet.spec.PathText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Failures of the tests of one class. */
final class FailingClass {

    private static final List<String> ENDINGS = List.of(".java", ".kt", ".groovy", ".scala");
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_MESSAGE = 1000;
    private static final int MOST_NAMED = 20;

    private final String name;
    private final Optional<BuildModule> module;
    private final Path base;
    private final List<TestFailure> failures = new ArrayList<>();

    FailingClass(String name, Optional<BuildModule> module, Path base) {
        this.name = name;
        this.module = module;
        this.base = base;
    }

    void add(TestFailure failure) {
        failures.add(failure);
    }

    Row toRow() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("class", name);
        fields.put("module", module.map(BuildModule::artifactId).orElse(""));
        fields.put("directory", module.map(one -> one.directoryFrom(base)).orElse("."));
        fields.put("file", file().orElse("unknown"));
        fields.put("tests", tests());
        fields.put("failures", String.valueOf(failures.size()));
        fields.put("message", messages());
        fields.put("stack", stack());
        String identity = module.map(BuildModule::artifactId).orElse("") + " " + name;
        return new Row(name, identity, fields, Set.of("message", "stack"));
    }

    private Optional<String> file() {
        String path = name.replace('.', '/');
        return module.stream()
                .flatMap(one -> one.testSources().stream())
                .flatMap(root -> ENDINGS.stream().map(ending -> root.resolve(path + ending)))
                .filter(Files::isRegularFile)
                .findFirst()
                .map(file -> PathText.withSlashes(base.relativize(file)));
    }

    private String tests() {
        String named = names().limit(MOST_NAMED).collect(Collectors.joining(", "));
        long more = names().count() - MOST_NAMED;
        return more > 0 ? named + " and " + more + " more" : named;
    }

    private Stream<String> names() {
        return failures.stream().map(FailingClass::nameOf).distinct();
    }

    private String messages() {
        return failures.stream()
                .limit(MOST_NAMED)
                .map(failure -> nameOf(failure) + ": " + OneLine.of(failure.message(), LONGEST_MESSAGE))
                .collect(Collectors.joining("\n"));
    }

    /** Returns the first stack trace, because the others of a class are mostly alike. */
    private String stack() {
        return failures.stream()
                .map(TestFailure::stack)
                .filter(stack -> !stack.isBlank())
                .findFirst()
                .orElse("");
    }

    private static String nameOf(TestFailure failure) {
        return failure.test().isBlank() ? "the class itself" : OneLine.of(failure.test(), LONGEST_NAME);
    }
}
