package io.github.claudefleet.mojo;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Printer of workflow commands. They must begin their line, which Maven's log does not allow. */
final class WorkflowCommands {

    private WorkflowCommands() {}

    static void print(List<String> commands) {
        System.out.flush();
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        commands.forEach(out::println);
        out.flush();
    }
}
