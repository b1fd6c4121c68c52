package io.github.claudefleet.mojo;

import io.github.claudefleet.auth.AuthFailedException;
import io.github.claudefleet.auth.SignInPendingException;
import io.github.claudefleet.auth.SignInRefusedException;
import io.github.claudefleet.console.ErrorText;
import io.github.claudefleet.converge.AgentNotReadyException;
import io.github.claudefleet.converge.ConvergeException;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.gateway.GatewayException;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.workspace.GitException;
import io.github.claudefleet.workspace.IntegrationException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;

/**
 * Translates a goal's exceptions for Maven.
 *
 * @param traces true if Maven prints stack traces (-e)
 */
record GoalErrors(boolean traces) {

    void translate(SharedGoals.Work work) throws MojoExecutionException, MojoFailureException {
        try {
            work.run();
        } catch (AuthFailedException
                | SignInPendingException
                | SignInRefusedException
                | AgentNotReadyException
                | GatewayException
                | IntegrationException e) {
            throw new MojoFailureException(e.getMessage(), shown(e));
        } catch (InvalidSpecException
                | EngineException
                | ConvergeException
                | GitException
                | UncheckedIOException
                | InvalidPathException e) {
            throw new MojoExecutionException(ErrorText.of(e), shown(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MojoExecutionException("Interrupted", e);
        }
    }

    /**
     * Returns the cause only with -e. Maven prints the messages of all causes after the first, which are useful only
     * together with stack traces.
     */
    private Exception shown(Exception cause) {
        return traces ? cause : null;
    }
}
