package io.github.claudefleet.mojo;

import io.github.claudefleet.config.PropertySource;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.PluginParameterExpressionEvaluator;
import org.codehaus.plexus.component.configurator.expression.ExpressionEvaluationException;

/** Properties for nested parameters, found where Maven finds those of its own {@code @Parameter(property = …)}. */
final class MavenProperties implements PropertySource {

    private final PluginParameterExpressionEvaluator evaluator;

    MavenProperties(MavenSession session, MojoExecution execution) {
        evaluator = new PluginParameterExpressionEvaluator(session, execution);
    }

    @Override
    public Optional<String> get(String name) {
        return expression("claude-fleet." + name);
    }

    /** What <code>${…}</code> with that in it means in a pom; empty where it means nothing. */
    Optional<String> expression(String name) {
        return text("${" + name + "}");
    }

    /** A text of a pom with its expressions replaced; empty where it is nothing but an expression without a meaning. */
    Optional<String> text(String text) {
        try {
            return Optional.ofNullable(evaluator.evaluate(text)).map(Object::toString);
        } catch (ExpressionEvaluationException e) {
            throw new IllegalArgumentException("\"" + text + "\" can't be evaluated", e);
        }
    }
}
