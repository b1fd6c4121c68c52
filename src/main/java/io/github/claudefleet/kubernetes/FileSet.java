package io.github.claudefleet.kubernetes;

import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.KeyToPathBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.SecretVolumeSourceBuilder;
import io.github.claudefleet.engine.UploadFile;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.Sha256;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Files of a volume, as the data of a Secret. A Secret's keys have no slashes, so that a file's path and mode are in an
 * annotation.
 *
 * @param name name of the Secret
 * @param data content in base64, by key
 * @param places path and mode, by key
 */
record FileSet(String name, Map<String, String> data, Map<String, Place> places) {

    /** @throws InvalidSpecException if they are larger than a Secret can be */
    FileSet {
        long bytes = data.values().stream().mapToLong(FileSet::bytes).sum();
        if (bytes > MOST_BYTES) {
            throw new InvalidSpecException(
                    "files",
                    "of the volume " + name + " have " + bytes + " bytes, and a Secret can have " + MOST_BYTES,
                    "Put large files into the image.");
        }
        data = Map.copyOf(data);
        places = Map.copyOf(places);
    }

    /** Annotation with a line {@code KEY MODE PATH} for each file. */
    static final String PLACES = "claude-fleet/files";

    /** The API server refuses more than a mebibyte in a Secret. */
    static final int MOST_BYTES = 1_000_000;

    private static final int LEGIBLE = 16;

    /**
     * Place of a file in the volume.
     *
     * @param path path relative to the volume
     * @param mode permission bits
     */
    record Place(String path, int mode) {

        /** Parses the rest of a line, after the key. */
        private static Place parse(String modeAndPath) {
            String[] parts = modeAndPath.split(" ", 2);
            return new Place(parts[1], Integer.parseInt(parts[0], 8));
        }

        @Override
        public String toString() {
            return Integer.toOctalString(mode) + " " + path;
        }
    }

    /** Returns the files to store. A folder is no file of its own and is left out. */
    static FileSet of(String name, List<UploadFile> files) {
        Map<String, String> data = new TreeMap<>();
        Map<String, Place> places = new TreeMap<>();
        for (UploadFile file : files) {
            if (!file.isFolder()) {
                String key = key(file.path());
                data.put(key, Base64.getEncoder().encodeToString(file.content()));
                places.put(key, new Place(file.path(), readableByGroup(file.mode())));
            }
        }
        return new FileSet(name, data, places);
    }

    /** Returns the files that a Secret has. */
    static FileSet of(Secret secret) {
        String lines = Optional.ofNullable(secret.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(PLACES))
                .orElse("");
        Map<String, Place> places = lines.lines()
                .map(line -> line.split(" ", 2))
                .collect(Collectors.toMap(
                        parts -> parts[0], parts -> Place.parse(parts[1]), (former, latter) -> latter, TreeMap::new));
        return new FileSet(
                secret.getMetadata().getName(),
                Optional.ofNullable(secret.getData()).orElse(Map.of()),
                places);
    }

    /** Returns the annotation of the Secret. */
    String annotation() {
        return new TreeMap<>(places)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining("\n"));
    }

    /** Returns the source of a pod's volume. Its files belong to root and to the pod's group. */
    SecretVolumeSource source() {
        return new SecretVolumeSourceBuilder()
                .withSecretName(name)
                .withItems(new TreeMap<>(places)
                        .entrySet().stream()
                                .map(entry -> item(entry.getKey(), entry.getValue()))
                                .toList())
                .build();
    }

    /** Returns these files and those of the other set. A file of both is this one's. */
    FileSet over(FileSet other) {
        Map<String, String> allData = new TreeMap<>(other.data);
        Map<String, Place> allPlaces = new TreeMap<>(other.places);
        allData.putAll(data);
        allPlaces.putAll(places);
        return new FileSet(name, allData, allPlaces);
    }

    /** Returns the key of a path. A pod's volume has the keys for good, so that a path always has the same one. */
    private static String key(String path) {
        String legible = path.replaceAll("[^A-Za-z0-9._-]", "_");
        return legible.substring(0, Math.min(LEGIBLE, legible.length())) + "-"
                + new Sha256().add(path).hex().substring(0, LEGIBLE);
    }

    private static long bytes(String base64) {
        return base64.length() * 3L / 4;
    }

    private static KeyToPath item(String key, Place place) {
        return new KeyToPathBuilder()
                .withKey(key)
                .withMode(place.mode())
                .withPath(place.path())
                .build();
    }

    /** Gives the group its owner's rights to read and run, as the pod's user is only of the group. */
    private static int readableByGroup(int mode) {
        return mode & 0777 | (mode & 0500) >> 3;
    }
}
