package io.github.claudefleet.spec;

import java.nio.file.Path;

/**
 * Whose a fleet is: a project's directory on one machine. Fleets of the same name in other directories, or in the same directory of
 * another machine, are others.
 *
 * @param id the directory and its machine as a short hash
 * @param directory the directory, for people to read
 */
public record Project(String id, String directory) {

    /**
     * The project in a directory.
     *
     * @param machine what tells this machine from others
     */
    public static Project in(Path directory, String machine) {
        String path = directory.toString();
        return new Project(new Sha256().add(machine).add(path).shortHex(), path);
    }
}
