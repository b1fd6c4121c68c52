package io.github.claudefleet.workspace.shapes;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.LaunchingConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.ClassPrepareRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Kills a goal by breakpoints: before it changes a file or directory, or between the open and the write of a file. */
final class FileOperationKiller implements Killer {

    private static final Map<String, Set<String>> OPERATIONS = Map.of(
            "java.nio.file.Files",
            Set.of(
                    "move",
                    "copy",
                    "delete",
                    "deleteIfExists",
                    "createDirectory",
                    "createFile",
                    "createSymbolicLink",
                    "newOutputStream",
                    "setPosixFilePermissions"),
            // Stream of a file that is open and still empty.
            "java.nio.channels.Channels",
            Set.of("newOutputStream"));

    private static final long LIMIT_MILLIS = TimeUnit.MINUTES.toMillis(2);

    @Override
    public boolean kills(Stage stage, String goal, int at) {
        try {
            VirtualMachine machine = launch(stage, goal);
            Process process = machine.process();
            try {
                boolean killed = reaches(machine, at);
                if (killed) {
                    process.destroyForcibly();
                }
                int status = process.waitFor();
                if (!killed && status != 0) {
                    byte[] errors = process.getErrorStream().readAllBytes();
                    stage.fault("`" + goal + "` fails", new String(errors, StandardCharsets.UTF_8));
                }
                return killed;
            } finally {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (Exception e) {
            throw new IllegalStateException(goal + " can't be run by a debugger", e);
        }
    }

    private static VirtualMachine launch(Stage stage, String goal) throws Exception {
        LaunchingConnector connector = Bootstrap.virtualMachineManager().defaultConnector();
        Map<String, Connector.Argument> arguments = connector.defaultArguments();
        String scratch =
                Files.createDirectories(stage.temp().resolve("scratch")).toString();
        arguments
                .get("options")
                .setValue("-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Djava.io.tmpdir=" + quoted(scratch) + " -cp "
                        + quoted(WorkspaceDriver.classPath()));
        StringBuilder main = new StringBuilder(WorkspaceDriver.class.getName());
        stage.driver().arguments(goal).forEach(one -> main.append(' ').append(quoted(one)));
        arguments.get("main").setValue(main.toString());
        return connector.launch(arguments);
    }

    private static String quoted(String argument) {
        return '"' + argument + '"';
    }

    /** Checks that a goal reaches this number of operations; the goal is then suspended. */
    private static boolean reaches(VirtualMachine machine, int at) throws InterruptedException {
        OPERATIONS.keySet().forEach(name -> watch(machine, name));
        int operations = 0;
        try {
            for (EventSet events = next(machine); ; events = next(machine)) {
                for (Event event : events) {
                    if (event instanceof ClassPrepareEvent prepared) {
                        stopAt(machine, prepared.referenceType());
                    } else if (event instanceof BreakpointEvent && ++operations == at) {
                        return true;
                    }
                }
                events.resume();
            }
        } catch (VMDisconnectedException e) {
            return false;
        }
    }

    private static EventSet next(VirtualMachine machine) throws InterruptedException {
        EventSet events = machine.eventQueue().remove(LIMIT_MILLIS);
        if (events == null) {
            throw new IllegalStateException("nothing happened for " + LIMIT_MILLIS + " ms");
        }
        return events;
    }

    private static void watch(VirtualMachine machine, String name) {
        machine.classesByName(name).forEach(type -> stopAt(machine, type));
        ClassPrepareRequest request = machine.eventRequestManager().createClassPrepareRequest();
        request.addClassFilter(name);
        request.enable();
    }

    private static void stopAt(VirtualMachine machine, ReferenceType type) {
        type.methods().stream()
                .filter(method -> OPERATIONS.get(type.name()).contains(method.name()))
                .forEach(method -> machine.eventRequestManager()
                        .createBreakpointRequest(method.location())
                        .enable());
    }

    @Override
    public String toString() {
        return "at a change of a file";
    }
}
