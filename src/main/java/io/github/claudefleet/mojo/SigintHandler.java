package io.github.claudefleet.mojo;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Handler of Ctrl-C while there is something to roll back. The first Ctrl-C ends the JVM in an orderly way, the second
 * ends it at once. Without it, newer Mavens' JVM dies at the first, because their terminal library resets the signal,
 * and no JVM reacts to the second.
 */
final class SigintHandler {

    private static final int STATUS = 130;

    private final Object former;

    private SigintHandler(Object former) {
        this.former = former;
    }

    /** Installs the handler. Does nothing if the JVM has no such signal. */
    static SigintHandler handle() {
        AtomicBoolean once = new AtomicBoolean();
        return new SigintHandler(set((proxy, method, arguments) -> switch (method.getName()) {
            case "handle" -> {
                interrupted(once);
                yield null;
            }
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> proxy == arguments[0];
            default -> "claude-fleet's handler of Ctrl-C";
        }));
    }

    /** Restores the former handler. */
    void restore() {
        if (former != null) {
            put(former);
        }
    }

    private static void interrupted(AtomicBoolean once) {
        if (once.getAndSet(true)) {
            Runtime.getRuntime().halt(STATUS);
        }
        Thread end = new Thread(() -> System.exit(STATUS), "claude-fleet-exit");
        end.setDaemon(true);
        end.start();
    }

    private static Object set(InvocationHandler handler) {
        try {
            Class<?> type = Class.forName("sun.misc.SignalHandler");
            return put(Proxy.newProxyInstance(SigintHandler.class.getClassLoader(), new Class<?>[] {type}, handler));
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    /**
     * Sets a handler by reflection, because the compiler warns about this package, and nothing else in the JDK handles
     * signals.
     */
    private static Object put(Object handler) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> type = Class.forName("sun.misc.SignalHandler");
            Object interrupt = signal.getConstructor(String.class).newInstance("INT");
            return signal.getMethod("handle", signal, type).invoke(null, interrupt, handler);
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }
}
