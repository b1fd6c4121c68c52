package io.github.claudefleet.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Compares each repository of a test's person, byte for byte, with the person's last state: at the end of each test,
 * and whenever the person does something ({@link TestRepository}). Only differences that a test allows may exist.
 */
final class PersonUnharmed implements BeforeEachCallback, AfterTestExecutionCallback {

    private static final ThreadLocal<List<TestRepository>> WATCHED = new ThreadLocal<>();

    @Override
    public void beforeEach(ExtensionContext context) {
        WATCHED.set(new ArrayList<>());
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        List<TestRepository> watched = WATCHED.get();
        WATCHED.remove();
        if (context.getExecutionException().isEmpty()) {
            watched.forEach(TestRepository::check);
        }
    }

    /** Registers a repository for the comparison, which every test of workspaces must have. */
    static void watch(TestRepository repository) {
        List<TestRepository> watched = WATCHED.get();
        assertThat(watched)
                .as("a test class with repositories has @ExtendWith(PersonUnharmed.class)")
                .isNotNull();
        watched.add(repository);
    }

    static void forget(TestRepository repository) {
        WATCHED.get().remove(repository);
    }
}
