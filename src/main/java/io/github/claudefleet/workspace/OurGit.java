package io.github.claudefleet.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** A git directory that borrows a repository's objects, without hooks or templates. */
record OurGit(Path directory) {

    /** Makes it where there is none. */
    void make(Repository repository, boolean bare) throws IOException {
        if (!Files.isDirectory(directory)) {
            Path parent = Files.createDirectories(directory.getParent());
            List<String> init = new ArrayList<>(List.of("init", "--quiet", "--template="));
            init.add("--object-format=" + repository.objectFormat());
            if (bare) {
                init.addAll(List.of("--bare", directory.toString()));
            }
            Git.alone(parent).run(init.toArray(String[]::new));
            copy(repository, "info/exclude");
        }
        borrow(repository, List.of());
    }

    /**
     * Borrows the repository's objects, and others.
     *
     * @param others directories of objects
     */
    void borrow(Repository repository, List<Path> others) throws IOException {
        StringBuilder alternates = new StringBuilder();
        if (!repository.gitDirectory().equals(directory)) {
            alternates.append(repository.objects()).append('\n');
            copy(repository, "shallow");
        }
        others.forEach(other -> alternates.append(other).append('\n'));
        Path info = Files.createDirectories(directory.resolve("objects/info"));
        Files.writeString(info.resolve("alternates"), alternates);
    }

    private void copy(Repository repository, String name) throws IOException {
        Path from = repository.gitDirectory().resolve(name);
        Path to = directory.resolve(name);
        if (Files.isRegularFile(from) && !from.equals(to)) {
            Files.createDirectories(to.getParent());
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
