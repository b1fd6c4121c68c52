package io.github.claudefleet.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Selects the {@link RunningAgent} for a parameter. It can be left out if the fleet has one agent. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface AgentNamed {

    /** Name of the agent. */
    String value();
}
