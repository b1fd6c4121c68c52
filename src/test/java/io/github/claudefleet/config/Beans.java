package io.github.claudefleet.config;

import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
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

    /** Converts texts as Maven does: to a number, or by the method {@code set} of an element with plain text. */
    private static Object converted(Object value, Type type) throws ReflectiveOperationException {
        if (value instanceof List<?> list && type instanceof ParameterizedType of) {
            List<Object> elements = new ArrayList<>();
            for (Object element : list) {
                elements.add(converted(element, of.getActualTypeArguments()[0]));
            }
            return elements;
        }
        if (!(value instanceof String text) || !(type instanceof Class<?> wanted)) {
            return value;
        }
        if (wanted == Integer.class) {
            return Integer.valueOf(text);
        }
        if (wanted.getSimpleName().endsWith("Configuration")) {
            Object element = wanted.getConstructor().newInstance();
            wanted.getMethod("set", String.class).invoke(element, text);
            return element;
        }
        return text;
    }

    private static void set(Object bean, String name, Object value) {
        try {
            Field field = field(bean.getClass(), name);
            field.setAccessible(true);
            field.set(bean, converted(value, field.getGenericType()));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(bean.getClass().getSimpleName() + " has no parameter " + name, e);
        }
    }
}
