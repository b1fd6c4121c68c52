package io.github.claudefleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.host.Liveness;
import io.github.claudefleet.spec.FleetSpec;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts the calls of the engine that a goal makes beside those that change something. */
class FleetCallsTest {

    private final List<String> calls = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void aStartObservesTheFleetOnceHoweverManyAgentsItHas() throws InterruptedException {
        FleetFixture one = new FleetFixture(folder);
        FleetSpec spec = one.withToken("one", "two", "three").toSpec();

        one.fleet(counting(one.engine, spec), owner -> Liveness.UNKNOWN).start(spec);

        assertThat(calls).containsOnlyOnce("containers", "networks", "volumes");
    }

    /** Notes the lists that choose this fleet's resources alone. */
    private ContainerEngine counting(ContainerEngine engine, FleetSpec spec) {
        return (ContainerEngine) Proxy.newProxyInstance(
                ContainerEngine.class.getClassLoader(),
                new Class<?>[] {ContainerEngine.class},
                (proxy, method, arguments) -> {
                    if (arguments != null && arguments[0].equals(LabelSelector.of(spec.id()))) {
                        calls.add(method.getName());
                    }
                    return handOn(engine, method, arguments);
                });
    }

    private static Object handOn(ContainerEngine engine, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(engine, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
