package io.github.claudefleet.mojo;

import io.github.claudefleet.config.PropertySource;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.PluginParameterExpressionEvaluator;
import org.codehaus.plexus.component.configurator.expression.ExpressionEvaluationException;

/**
 * Source of properties for nested parameters. It evaluates them as Maven does for its own
 * {@code @Parameter(property = …)}.
 */
final class MavenProperties implements PropertySource {

    private final PluginParameterExpressionEvaluator evaluator;

    MavenProperties(MavenSession session, MojoExecution execution) {
        evaluator = new PluginParameterExpressionEvaluator(session, execution);
    }

    @Override
    public Optional<String> get(String name) {
        return expression("claude-fleet." + name);
    }

    /** Returns the value of <code>${…}</code> with this name in a pom; empty if it has none. */
    Optional<String> expression(String name) {
        return text("${" + name + "}");
    }

    /** Returns a text of a pom with its expressions replaced; empty if it is a single expression without a value. */
    Optional<String> text(String text) {
        try {
            return Optional.ofNullable(evaluator.evaluate(text)).map(Object::toString);
        } catch (ExpressionEvaluationException e) {
            throw new IllegalArgumentException("\"" + text + "\" can't be evaluated", e);
        }
    }
}
