package io.github.claudefleet.spec;

import java.nio.file.Path;

/**
 * Owner of a fleet: a project's directory on one machine. Fleets of the same name in different directories, or in
 * the same directory on different machines, are different fleets.
 *
 * @param id short hash of the directory and its machine
 * @param directory directory, for people to read
 */
public record Project(String id, String directory) {

    /**
     * Returns the project in a directory.
     *
     * @param machine id that distinguishes this machine from others
     */
    public static Project in(Path directory, String machine) {
        String path = directory.toString();
        return new Project(new Sha256().add(machine).add(path).shortHex(), path);
    }
}
