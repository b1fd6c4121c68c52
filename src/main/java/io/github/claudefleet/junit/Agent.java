package io.github.claudefleet.junit;

import io.github.claudefleet.spec.WorkspaceStrategy;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Agent of a {@link Fleet}. Without a prompt or tasks it stays up for {@link RunningAgent#exec}. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({})
public @interface Agent {

    /** Name of the agent, unique in the fleet. */
    String name();

    /** Prompt that is the agent's only work; empty for none. */
    String prompt() default "";

    /** Tasks in the order of the work, in place of a prompt. */
    AgentTask[] tasks() default {};

    /** Shell command that must succeed in the workspace after each task; empty for none. */
    String check() default "";

    /** Maximum number of times that a failed check goes back to the agent. */
    int rounds() default 0;

    /**
     * Strategy by which the workspace is created from the project. The agent's changes come to a patch in the results
     * alone: a test makes no branch. A workspace of the agent's own is removed with the fleet.
     */
    WorkspaceStrategy strategy() default WorkspaceStrategy.WORKTREE;
}
