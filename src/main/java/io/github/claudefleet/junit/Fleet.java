package io.github.claudefleet.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Gives a test class a fleet. It is started before the tests of the class and stopped after them, also if a test or the
 * start fails, or the JVM is killed. By default it is a rehearsal, which needs no account.
 *
 * <p>Parameters of tests, constructors and methods such as {@code @BeforeEach} can be a {@link RunningFleet}, and a
 * {@link RunningAgent} with {@link AgentNamed}. Nested test classes have the fleet of the class around them.
 *
 * <pre>{@code
 * @Fleet(agents = @Agent(name = "fixer", prompt = "Fix the build.", check = "mvn -q verify"))
 * class FixerTest {
 *     @Test
 *     void fixesTheBuild(RunningAgent fixer) {
 *         assertEquals(Outcome.DONE, fixer.task().outcome());
 *     }
 * }
 * }</pre>
 *
 * <p>The image and the engine come from the same properties as for the goals, as system properties of the test's JVM:
 * {@code claude-fleet.engine}, {@code claude-fleet.image.name}, {@code claude-fleet.image.base},
 * {@code claude-fleet.image.caBundle}, {@code claude-fleet.image.buildNetwork} and {@code claude-fleet.egress.base}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(Fleet.Extension.class)
public @interface Fleet {

    /** Agents of the fleet. The customizer may add others. */
    Agent[] agents() default {};

    /** Name of the fleet; by default that of the class, such as {@code fixer-test} for {@code FixerTest}. */
    String name() default "";

    /** Name of an existing image with the CLI; by default the bundled image is built if it is missing. */
    String image() default "";

    /** Directory that the agents' workspaces are created from, relative to the current directory, the default. */
    String project() default "";

    /** False for real work: with the login in {@code ~/.claude-fleet/login} or the customizer's, and at its cost. */
    boolean rehearsal() default true;

    /** Directory with the scripts of a rehearsal, {@code AGENT.rehearsal.yml}, relative to the project. */
    String scripts() default "src/fleet";

    /** Directory below which the results are written, in a directory with the fleet's name; relative to the project. */
    String results() default "target/claude-fleet";

    /** Sets everything that has no element here. */
    Class<? extends FleetCustomizer> customizer() default FleetCustomizer.None.class;

    /** Reads the annotation, for JUnit. */
    final class Extension extends FleetExtension {

        @Override
        Optional<FleetDefinition> definitionOf(Class<?> tests) {
            return AnnotationSupport.findAnnotation(tests, Fleet.class)
                    .map(fleet -> new FleetDefinition(
                            tests,
                            fleet.name(),
                            List.of(fleet.agents()),
                            fleet.image(),
                            fleet.project(),
                            Optional.of(fleet.scripts()).filter(directory -> fleet.rehearsal()),
                            fleet.results(),
                            ReflectionSupport.newInstance(fleet.customizer())));
        }
    }
}
