package io.github.claudefleet.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageCmd;
import com.github.dockerjava.api.command.PullImageCmd;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.BuildResponseItem;
import com.github.dockerjava.api.model.PullResponseItem;
import io.github.claudefleet.engine.BuildRequest;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.engine.EngineImages;
import io.github.claudefleet.engine.ImageObservation;
import io.github.claudefleet.engine.ProgressSink;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Image operations of an engine: inspect, pull and build. The plain API offers only the classic builder. */
final class DockerImages implements EngineImages {

    private static final String PULL_SUGGESTION = "Check the image's name. If its registry asks for a login, run"
            + " `docker pull` yourself first: only credentials that ~/.docker/config.json holds itself are used, not"
            + " those of a credential helper.";

    private static final Pattern MISSING =
            Pattern.compile("not found|(?<!permission )denied|unauthorized|no basic auth credentials|manifest unknown");

    /** Silence after which the engine is pinged. */
    private static final Duration GLANCE = Duration.ofMinutes(2);
    /** Silence after which a pull fails, as the registry no longer sends anything. */
    private static final Duration MOST_OF_A_PULL = Duration.ofMinutes(10);
    /**
     * Silence after which a build fails. No build step is silent for that long, but a connection can be lost unnoticed.
     */
    private static final Duration MOST_OF_A_BUILD = Duration.ofHours(1);

    private final DockerClient client;
    private final TimedCalls calls;
    private final ErrorTranslator errors;
    private final BuildImageCommands builds;
    private final IdleTimeout pulling;
    private final IdleTimeout building;

    DockerImages(DockerClient client, TimedCalls calls, ErrorTranslator errors) {
        this.client = client;
        this.calls = calls;
        this.errors = errors;
        this.builds = new BuildImageCommands(client::buildImageCmd);
        Runnable ping = () -> client.pingCmd().exec();
        this.pulling = new IdleTimeout(calls, ping, GLANCE, MOST_OF_A_PULL);
        this.building = new IdleTimeout(calls, ping, GLANCE, MOST_OF_A_BUILD);
    }

    @Override
    public Optional<ImageObservation> find(String reference) {
        return calls.control("inspect image " + reference, () -> {
            try {
                return Optional.of(
                        Observations.image(client.inspectImageCmd(reference).exec()));
            } catch (NotFoundException e) {
                return Optional.empty();
            }
        });
    }

    @Override
    public void pull(String reference, ProgressSink sink) {
        String call = "pull image " + reference;
        ImageProgress<PullResponseItem> progress = new ImageProgress<>(sink);
        try (PullImageCmd command = client.pullImageCmd(withTag(reference))) {
            command.exec(progress);
            await(call, progress, pulling);
        } catch (RuntimeException e) {
            throw pullFailure(call, errors.translate(call, e));
        }
        if (progress.error().isPresent()) {
            throw pullFailure(
                    call,
                    new EngineException(Kind.FAILED, call, progress.error().get(), "", null));
        }
    }

    @Override
    public void build(BuildRequest request, ProgressSink sink) {
        String call = "build image " + request.tag();
        ImageProgress<BuildResponseItem> progress = new ImageProgress<>(sink);
        try (BuildImageCmd command = builds.of(request)) {
            command.exec(progress);
            await(call, progress, building);
        } catch (RuntimeException e) {
            throw errors.translate(call, e);
        }
        if (progress.error().isPresent()) {
            throw buildFailure(call, progress);
        }
    }

    private void await(String call, StreamCallback<?> progress, IdleTimeout rule) {
        try {
            rule.await(call, progress);
        } catch (InterruptedException e) {
            throw TimedCalls.interrupted(call, e);
        } finally {
            // Closing after a failure or timeout also makes the engine cancel the work.
            progress.close();
        }
        if (progress.failure().isPresent()) {
            throw errors.translate(call, progress.failure().get());
        }
    }

    /** Adds the tag {@code latest} if there is none, as the API would pull all tags. */
    private static String withTag(String reference) {
        boolean complete = reference.contains("@") || reference.lastIndexOf(':') > reference.lastIndexOf('/');
        return complete ? reference : reference + ":latest";
    }

    /** Recognizes a missing or inaccessible image, for which registries and engines have many messages. */
    private static RuntimeException pullFailure(String call, RuntimeException failure) {
        String text = String.valueOf(failure.getMessage());
        boolean missing = failure instanceof EngineException known && known.kind() == Kind.NOT_FOUND
                || MISSING.matcher(text.toLowerCase(Locale.ROOT)).find();
        String detail = text.startsWith(call + ": ") ? text.substring(call.length() + 2) : text;
        return missing ? new EngineException(Kind.NOT_FOUND, call, detail, PULL_SUGGESTION, failure) : failure;
    }

    private static EngineException buildFailure(String call, ImageProgress<?> progress) {
        String detail = progress.error().orElse("") + "; the builder's last lines:\n"
                + progress.lastLines().stream().map(line -> "    " + line).collect(Collectors.joining("\n"));
        return new EngineException(Kind.FAILED, call, detail, "", null);
    }
}
