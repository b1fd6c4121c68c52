package io.github.claudefleet.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Task of an {@link Agent}. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({})
public @interface AgentTask {

    /** Name of the task, unique among the agent's. */
    String name();

    /** Prompt of the task. */
    String prompt();
}
