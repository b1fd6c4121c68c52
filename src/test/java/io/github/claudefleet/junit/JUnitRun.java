package io.github.claudefleet.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Run of a test class within a test.
 *
 * @param succeeded number of tests that succeeded
 * @param failures messages of the failures of tests and of the class
 */
record JUnitRun(long succeeded, List<String> failures) {

    static JUnitRun of(Class<?> tests) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(tests))
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);
        TestExecutionSummary summary = listener.getSummary();
        return new JUnitRun(
                summary.getTestsSucceededCount(),
                summary.getFailures().stream()
                        .map(failure -> failure.getException().getMessage())
                        .toList());
    }
}
