package io.github.claudefleet.config;

import java.lang.reflect.Field;
import java.util.Map;

/** Fills beans as Maven does: by their fields' names. */
final class Beans {

    private Beans() {}

    /** Creates an agent with these parameters; numbers may be given as text, as in a pom. */
    static AgentConfiguration agent(Map<String, Object> parameters) {
        return fill(new AgentConfiguration(), parameters);
    }

    static <T> T fill(T bean, Map<String, Object> parameters) {
        parameters.forEach((name, value) -> set(bean, name, value));
        return bean;
    }

    /** Finds a field in the class or, as Maven does, in its superclasses. */
    private static Field field(Class<?> type, String name) throws NoSuchFieldException {
        for (Class<?> current = type; current != Object.class; current = current.getSuperclass()) {
            for (Field field : current.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    return field;
                }
            }
        }
        throw new NoSuchFieldException(name);
    }

    private static void set(Object bean, String name, Object value) {
        try {
            Field field = field(bean.getClass(), name);
            field.setAccessible(true);
            boolean number = field.getType() == Integer.class && value instanceof String;
            field.set(bean, number ? (Object) Integer.valueOf((String) value) : value);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(bean.getClass().getSimpleName() + " has no parameter " + name, e);
        }
    }
}
