package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.MergeChoice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Brings home what agents did, one after the other. */
final class Homecomings {

    private final Path directory;
    private Optional<OwnTree> stoppedAt = Optional.empty();

    /** @param directory where patches and tables are written */
    Homecomings(Path directory) {
        this.directory = directory;
    }

    Home bring(OwnTree tree) {
        MergeChoice merge = tree.home().merge();
        Changes changes = Inspection.of(tree, publish(tree));
        write(tree, changes);
        if (changes.isNothing()) {
            return new Home(tree, changes, merge, Home.Outcome.NOTHING, "");
        }
        return switch (merge) {
            case NONE -> new Home(tree, changes, merge, Home.Outcome.KEPT, "");
            case PATCH -> new Home(tree, changes, merge, Home.Outcome.PATCH, "");
            case BRANCH -> new Home(tree, changes, merge, branchOrPatch(tree), "");
            case MERGE -> merged(tree, changes);
            case PUSH -> pushed(tree, changes);
        };
    }

    private static Inspection.Publish publish(OwnTree tree) {
        return switch (tree.home().merge()) {
            case NONE, PATCH -> Inspection.Publish.NOTHING;
            case BRANCH, MERGE, PUSH ->
                tree.home().commitsTheRest() ? Inspection.Publish.ALL : Inspection.Publish.COMMITS;
        };
    }

    private static Home.Outcome branchOrPatch(OwnTree tree) {
        return tree.hasGit() ? Home.Outcome.BRANCH : Home.Outcome.PATCH;
    }

    private Home merged(OwnTree tree, Changes changes) {
        if (stoppedAt.isPresent()) {
            return refused(
                    tree,
                    changes,
                    "it was not tried, after " + stoppedAt.get().place().agent() + "'s");
        }
        try {
            AgentsWork.take(tree);
            return new Home(tree, changes, MergeChoice.MERGE, Home.Outcome.MERGED, "");
        } catch (NotTakenException e) {
            stoppedAt = Optional.of(tree);
            return refused(tree, changes, e.getMessage());
        }
    }

    private static Home pushed(OwnTree tree, Changes changes) {
        String remote = tree.home().remote();
        Git.Answer answer = tree.repository()
                .asPerson()
                .attempt(new byte[0], "push", "--quiet", "--force-with-lease", remote, tree.branch());
        return answer.status() == 0
                ? new Home(tree, changes, MergeChoice.PUSH, Home.Outcome.PUSHED, "")
                : refused(tree, changes, "git push " + remote + " " + tree.branch() + ": " + answer.errors());
    }

    private static Home refused(OwnTree tree, Changes changes, String reason) {
        return new Home(tree, changes, tree.home().merge(), Home.Outcome.REFUSED, reason);
    }

    private void write(OwnTree tree, Changes changes) {
        Path folder = directory.resolve(tree.place().agent().value());
        Path patch = folder.resolve("changes.patch");
        Path table = folder.resolve("changes.txt");
        try {
            if (changes.isNothing() || tree.home().merge() == MergeChoice.NONE) {
                // Those of an earlier run would be taken for this one's.
                Files.deleteIfExists(patch);
                Files.deleteIfExists(table);
            } else {
                Files.createDirectories(folder);
                Files.write(patch, Inspection.patch(tree, changes));
                Files.writeString(table, changes.stat());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the changes can't be written to " + folder + ": " + FileProblem.of(e), e);
        }
    }
}
