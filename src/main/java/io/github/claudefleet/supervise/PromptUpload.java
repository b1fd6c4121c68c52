package io.github.claudefleet.supervise;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.EngineCapability;
import io.github.claudefleet.engine.UploadFile;
import io.github.claudefleet.plan.ResourceNames;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.ContainerPaths;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.Sha256;
import io.github.claudefleet.spec.TaskId;
import io.github.claudefleet.task.FollowUp;
import io.github.claudefleet.task.HandOver;
import io.github.claudefleet.task.TaskAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Upload of prompts that are known only while agents work. They go to the kit, through the auth container, which alone
 * can write it; on an engine without shared volumes, to the agent itself.
 */
final class PromptUpload {

    private static final int READ = 0444;

    private final ContainerEngine engine;
    private final TaskChannel channel;
    private final AgentWork work;
    private final FleetSpec spec;
    private final String authContainer;
    private final ContainerUser user;
    private final boolean sharesVolumes;

    PromptUpload(ContainerEngine engine, TaskChannel channel, AgentWork work, FleetSpec spec) {
        this.engine = engine;
        this.channel = channel;
        this.work = work;
        this.spec = spec;
        this.authContainer = new ResourceNames(spec.id()).auth();
        this.user = spec.containers().user();
        this.sharesVolumes = engine.info().has(EngineCapability.SHARED_VOLUMES);
    }

    /**
     * Uploads the prompt of a launch, if that is not just the task's own.
     *
     * @param agentContainer container of the agent
     * @param conflicts files of the workspace with conflicts, of which the agent is told
     * @return lines that make the agent use it
     */
    List<String> send(String agentContainer, TaskAction.Launch launch, List<String> conflicts) {
        Place place = sharesVolumes
                ? new Place(authContainer, ContainerPaths.KIT, "")
                : new Place(agentContainer, ContainerPaths.TEMPORARY, ContainerPaths.INBOX);
        return launch.followUp()
                .map(followUp -> sendFollowUp(place, launch.task(), followUp))
                .or(() -> launch.handOver().map(handOver -> sendHandOver(place, launch, handOver, conflicts)))
                .or(() -> conflicts.isEmpty()
                        ? Optional.empty()
                        : Optional.of(sendText(place, launch.task(), own(launch.task()), conflicts)))
                .orElse(List.of());
    }

    /**
     * Place of the files of one delivery.
     *
     * @param container container that they are written through
     * @param directory directory in it
     * @param below path in that directory, with a slash at the end; empty for the directory itself
     */
    private record Place(String container, String directory, String below) {

        /** Returns a file's path as the agent is told it. Paths in the kit are relative to it. */
        String told(String file) {
            return below.isEmpty() ? file : directory + "/" + below + file;
        }

        /** Returns a file's absolute path in the agent's container. */
        String absolute(String file) {
            return directory + "/" + below + file;
        }
    }

    private String own(TaskId id) {
        return spec.work().queues().stream()
                .flatMap(queue -> queue.tasks().stream())
                .filter(task -> task.id().equals(id))
                .map(task -> task.prompt().text())
                .findFirst()
                .orElseThrow();
    }

    private List<String> sendFollowUp(Place place, TaskId task, FollowUp followUp) {
        String file = upload(place, "prompts/" + task + "-round-" + followUp.round(), ".md", bytes(followUp.prompt()));
        return List.of("PROMPT=" + place.told(file), "ROUND=" + followUp.round(), "--resume", followUp.session());
    }

    private List<String> sendHandOver(
            Place place, TaskAction.Launch launch, HandOver handOver, List<String> conflicts) {
        String prompt = handOver.render(agent -> work.branch(agent, launch.agent()), agent -> sendPatch(place, agent));
        return sendText(place, launch.task(), prompt, conflicts);
    }

    private List<String> sendText(Place place, TaskId task, String prompt, List<String> conflicts) {
        String note = conflicts.isEmpty()
                ? ""
                : "\n\nYour workspace is a merge of what other agents made. These files have conflicts, with git's"
                        + " markers. Resolve them first:\n- " + String.join("\n- ", conflicts) + "\n";
        return List.of(
                "PROMPT=" + place.told(upload(place, "prompts/" + task + "-rendered", ".md", bytes(prompt + note))));
    }

    private String sendPatch(Place place, AgentName agent) {
        return place.absolute(upload(place, "patches/" + agent, ".patch", work.patch(agent)));
    }

    /** Uploads a file. The hash in its name keeps it apart from one of an earlier fleet with the same volume. */
    private String upload(Place place, String name, String extension, byte[] content) {
        String file = name + "-" + new Sha256().add(content).shortHex() + extension;
        channel.persistently(() -> {
            engine.files()
                    .upload(
                            place.container(),
                            place.directory(),
                            List.of(new UploadFile(place.below() + file, content, READ, user)));
            return file;
        });
        return file;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
