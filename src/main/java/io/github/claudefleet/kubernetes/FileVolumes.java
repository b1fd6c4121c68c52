package io.github.claudefleet.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.engine.EngineVolumes;
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.engine.UploadFile;
import io.github.claudefleet.engine.VolumeObservation;
import io.github.claudefleet.engine.VolumeRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Volumes of a fleet's files, each a Secret: nodes have it in memory only. Pods see changed files within two minutes,
 * but files added after a pod's creation only in pods that are created later.
 */
final class FileVolumes implements EngineVolumes {

    private final KubernetesClient client;
    private final String namespace;
    private final ApiErrors errors;
    private final ObjectOwners owners;

    /** @param owners objects with which the volumes end */
    FileVolumes(ClusterConnection connection, ObjectOwners owners) {
        this.client = connection.client();
        this.namespace = connection.namespace();
        this.errors = connection.errors();
        this.owners = owners;
    }

    /** Creates a volume without files. */
    @Override
    public void create(VolumeRequest request) {
        String call = "create secret " + request.name();
        String creation = UUID.randomUUID().toString();
        ObjectMeta metadata =
                ObjectLabels.metadata(request.name(), request.labels(), owners.of(request.labels()), creation);
        Secret secret =
                new SecretBuilder().withMetadata(metadata).withType("Opaque").build();
        try {
            new CreateOnce<>(client.secrets().inNamespace(namespace), errors).create(call, secret, creation);
        } catch (EngineException e) {
            if (e.kind() != Kind.CONFLICT || !hasLabels(call, request)) {
                throw e;
            }
        }
    }

    private boolean hasLabels(String call, VolumeRequest request) {
        Secret found = errors.call(call, () -> one(request.name()).get());
        return found != null && ObjectLabels.of(found).equals(request.labels());
    }

    /** Writes files of a volume. Its other files stay. Takes one call if they are as they should be. */
    @Override
    public void write(String name, List<UploadFile> files) {
        FileSet present = files(name);
        FileSet written = FileSet.of(ObjectNames.name(name), files);
        if (written.over(present).equals(present)) {
            return;
        }
        errors.call(
                "write secret " + name,
                () -> one(name).edit(secret -> {
                    FileSet set = written.over(FileSet.of(secret));
                    Map<String, String> annotations =
                            new TreeMap<>(secret.getMetadata().getAnnotations());
                    annotations.put(FileSet.PLACES, set.annotation());
                    return new SecretBuilder(secret)
                            .withData(set.data())
                            .editMetadata()
                            .withAnnotations(annotations)
                            .endMetadata()
                            .build();
                }));
    }

    /** Returns the files of a volume, for the pods that mount it. */
    FileSet files(String name) {
        String call = "read secret " + name;
        Secret found = errors.call(call, () -> one(name).get());
        if (found == null) {
            throw new EngineException(Kind.NOT_FOUND, call, "there is no such secret", "", null);
        }
        return FileSet.of(found);
    }

    @Override
    public List<VolumeObservation> list(LabelSelector selector) {
        return errors.call(
                "list secrets",
                () -> client
                        .secrets()
                        .inNamespace(namespace)
                        .withLabelSelector(ObjectLabels.selector(selector))
                        .list()
                        .getItems()
                        .stream()
                        .filter(secret -> ObjectLabels.chooses(selector, secret))
                        .map(secret -> new VolumeObservation(ObjectLabels.name(secret), ObjectLabels.of(secret)))
                        .sorted(Comparator.comparing(VolumeObservation::name))
                        .toList());
    }

    /** Removes a volume. The fleet's last one takes the owner with it. */
    @Override
    public void remove(String name) {
        String call = "remove secret " + name;
        Secret found = errors.call(call, () -> one(name).get());
        if (found == null) {
            return;
        }
        errors.call(call, () -> one(name).delete());
        SelectingLabels fleet = SelectingLabels.of(ObjectLabels.of(found));
        if (fleet.isOfFleet() && list(fleet.selector()).isEmpty()) {
            owners.end(fleet);
        }
    }

    private Resource<Secret> one(String name) {
        return client.secrets().inNamespace(namespace).withName(ObjectNames.name(name));
    }
}
