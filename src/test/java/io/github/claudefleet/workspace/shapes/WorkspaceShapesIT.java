package io.github.claudefleet.workspace.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Realistic repositories, created by git, with agents' workspaces: docs/workspace-shapes.md contains the verdict on
 * each combination. Each run plays a selection; {@code -Dshapes=all} plays all, {@code -Dshapes=REGEX} those whose
 * names match, {@code -Dupdate=true} writes the document.
 */
class WorkspaceShapesIT {

    private static final Path DOCUMENT = Path.of("docs", "workspace-shapes.md");
    private static final Path DETAILS = Path.of("target", "workspace-shapes.txt");

    @TempDir
    private static Path temp;

    private static final Map<Cell, String> VERDICTS = new LinkedHashMap<>();
    private static final List<String> FAULTS = new ArrayList<>();

    @BeforeAll
    static void play() throws Exception {
        assertThat(AgentShell.isPossible())
                .as("mount namespaces (unshare), for agents to see what their containers would")
                .isTrue();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Map<Cell, Future<String>> futures = new LinkedHashMap<>();
            int number = 0;
            for (Cell cell : Cell.all()) {
                if (isChosen(cell)) {
                    Path directory = temp.resolve(String.valueOf(number++));
                    futures.put(cell, threads.submit(() -> verdict(cell, directory)));
                }
            }
            for (Map.Entry<Cell, Future<String>> future : futures.entrySet()) {
                VERDICTS.put(future.getKey(), future.getValue().get(2, TimeUnit.HOURS));
            }
        } finally {
            threads.shutdownNow();
        }
        Files.write(DETAILS, FAULTS);
    }

    private static boolean isChosen(Cell cell) {
        String shapes = System.getProperty("shapes", "");
        return shapes.isEmpty()
                ? cell.isInEachRun()
                : shapes.equals("all") || cell.toString().matches(".*(" + shapes + ").*");
    }

    private static String verdict(Cell cell, Path directory) {
        Stage stage = new Stage(cell.shape(), cell.strategy(), directory);
        String verdict = cell.event().verdict(stage);
        synchronized (FAULTS) {
            stage.details().forEach(detail -> FAULTS.add(cell + ": " + detail));
        }
        Shell.run(temp, "chmod -R u+rwX " + directory.getFileName() + " && rm -rf " + directory.getFileName());
        return verdict;
    }

    @Test
    void theDocumentSaysWhatComesOfEachCombination() throws IOException {
        ShapesDocument document = new ShapesDocument(Files.readString(DOCUMENT));
        Map<String, String> expected = new TreeMap<>();
        Map<String, String> found = new TreeMap<>();
        VERDICTS.forEach((cell, verdict) -> {
            expected.put(cell.toString(), document.word(cell));
            found.put(cell.toString(), verdict);
            document.put(cell, verdict);
        });
        if (Boolean.getBoolean("update")) {
            Files.writeString(DOCUMENT, document.text());
            return;
        }
        assertThat(found).as("in detail: " + DETAILS).isEqualTo(expected);
        assertThat(found.values()).as("harm, in detail: " + DETAILS).noneMatch(verdict -> verdict.contains("**"));
        assertThat(Files.readString(DOCUMENT)).isEqualTo(new ShapesDocument(Files.readString(DOCUMENT)).text());
    }
}
