package io.github.claudefleet.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;

/** Passes the calls of an engine to a listener before the engine gets them. */
public final class EngineCalls {

    /** Interfaces of the port, each of which has operations on one kind of object. */
    private static final Set<Class<?>> PARTS = Set.of(
            EngineContainers.class,
            EngineImages.class,
            EngineNetworks.class,
            EngineVolumes.class,
            ContainerFiles.class,
            ContainerProcesses.class,
            ContainerLogs.class);

    /** Listener to calls. */
    @FunctionalInterface
    public interface Listener {

        /**
         * Receives a call.
         *
         * @param call kind of object and operation, such as {@code containers.create}
         * @param arguments arguments; null if there are none
         */
        void called(String call, Object[] arguments);
    }

    private final Listener listener;

    private EngineCalls(Listener listener) {
        this.listener = listener;
    }

    /** Returns the engine with the listener before it. */
    public static ContainerEngine of(ContainerEngine engine, Listener listener) {
        return new EngineCalls(listener).proxy(ContainerEngine.class, engine, "");
    }

    private <T> T proxy(Class<T> type, Object target, String prefix) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call(target, method, arguments, prefix)));
    }

    private Object call(Object target, Method method, Object[] arguments, String prefix) throws Throwable {
        if (PARTS.contains(method.getReturnType())) {
            return proxy(method.getReturnType(), forward(target, method, arguments), method.getName() + ".");
        }
        listener.called(prefix + method.getName(), arguments);
        return forward(target, method, arguments);
    }

    private static Object forward(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
