package io.github.claudefleet.bench;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerRequest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Engine that records the requests to create containers. */
final class RecordingEngine {

    private final ContainerEngine engine;
    private final List<ContainerRequest> requests = new CopyOnWriteArrayList<>();

    RecordingEngine(ContainerEngine engine) {
        this.engine = engine;
    }

    ContainerEngine asEngine() {
        return (ContainerEngine) Proxy.newProxyInstance(
                ContainerEngine.class.getClassLoader(),
                new Class<?>[] {ContainerEngine.class},
                (proxy, method, arguments) -> handOn(method, arguments));
    }

    /** Requests so far. */
    List<ContainerRequest> requests() {
        return List.copyOf(requests);
    }

    private Object handOn(Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("createContainer")) {
            requests.add((ContainerRequest) arguments[0]);
        }
        try {
            return method.invoke(engine, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
