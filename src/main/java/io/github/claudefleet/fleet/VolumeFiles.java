package io.github.claudefleet.fleet;

import io.github.claudefleet.engine.UploadFile;
import io.github.claudefleet.plan.ResourceNames;
import io.github.claudefleet.runtime.Kit;
import io.github.claudefleet.spec.FleetSpec;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Files of a fleet's volumes, for an engine whose containers don't share them. */
final class VolumeFiles {

    private VolumeFiles() {}

    /** Returns the files by the name of their volume. */
    static SortedMap<String, List<UploadFile>> of(FleetSpec spec) {
        ResourceNames names = new ResourceNames(spec.id());
        SortedMap<String, List<UploadFile>> files = new TreeMap<>();
        files.put(names.kitVolume(spec.user()), Kit.of(spec).files());
        Kit.secrets(spec).ifPresent(secrets -> files.put(names.secretsVolume(spec.user()), secrets.files()));
        Kit.mavenSettings(spec).ifPresent(settings -> files.put(names.mavenVolume(spec.user()), settings.files()));
        return files;
    }
}
