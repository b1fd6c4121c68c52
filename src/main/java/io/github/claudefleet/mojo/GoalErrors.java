package io.github.claudefleet.mojo;

import io.github.claudefleet.auth.AuthFailedException;
import io.github.claudefleet.auth.SignInPendingException;
import io.github.claudefleet.auth.SignInRefusedException;
import io.github.claudefleet.converge.AgentNotReadyException;
import io.github.claudefleet.converge.ConvergeException;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.spec.FileProblem;
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
                | IntegrationException e) {
            throw new MojoFailureException(e.getMessage(), shown(e));
        } catch (InvalidSpecException e) {
            throw new MojoExecutionException(e.getMessage() + ". " + e.suggestion(), shown(e));
        } catch (EngineException e) {
            throw new MojoExecutionException(withSuggestionOf(e, e.getMessage()), shown(e));
        } catch (ConvergeException e) {
            throw new MojoExecutionException(withSuggestionOf(e.getCause(), e.getMessage()), shown(e));
        } catch (GitException e) {
            throw new MojoExecutionException(e.getMessage(), shown(e));
        } catch (UncheckedIOException e) {
            throw new MojoExecutionException(FileProblem.messageOf(e), shown(e));
        } catch (InvalidPathException e) {
            throw new MojoExecutionException(FileProblem.messageOf(e), shown(e));
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

    /** Appends the suggestion. After output of another program, such as a builder's, it gets a line of its own. */
    private static String withSuggestionOf(Throwable reason, String message) {
        String joint = message.contains("\n") ? "\n" : ". ";
        return reason instanceof EngineException e
                ? message + e.suggestion().map(text -> joint + text).orElse("")
                : message;
    }
}
