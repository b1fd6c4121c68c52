package io.github.claudefleet.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;

/** Preparation of the mapper on a thread of its own. */
class EngineJsonPreparationTest {

    private static final long LIMIT_MILLIS = 60_000;

    @Test
    void preparationIsSilentAboutClassesThatMavenHasClosed() throws Exception {
        PrintStream before = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true));
        ClosedClasses classes = new ClosedClasses();
        try {
            Method prepare = classes.loadClass(EngineJson.class.getName()).getDeclaredMethod("prepare");
            prepare.setAccessible(true);
            prepare.invoke(null);
            awaitPreparation();
        } finally {
            System.setErr(before);
        }
        assertThat(classes.refused).isPositive();
        assertThat(printed.toString()).isEmpty();
    }

    private static void awaitPreparation() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("claude-fleet-json")) {
                thread.join(LIMIT_MILLIS);
            }
        }
    }

    /** Loads the mapper and Jackson anew, without the deserializers, as if the plugin's jar files had been closed. */
    private static final class ClosedClasses extends ClassLoader {

        private volatile int refused;

        ClosedClasses() {
            super(EngineJson.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (name.startsWith("com.fasterxml.jackson.databind.deser.impl.ObjectIdReferenceProperty")) {
                    refused++;
                    throw new ClassNotFoundException(name);
                }
                boolean anew = name.startsWith(EngineJson.class.getName()) || name.startsWith("com.fasterxml.jackson");
                Class<?> loaded = findLoadedClass(name);
                return loaded == null && anew ? define(name) : loaded == null ? super.loadClass(name, resolve) : loaded;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
