package io.github.claudefleet.doctor;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.EngineInfo;
import io.github.claudefleet.engine.NetworkUse;
import io.github.claudefleet.host.HostFiles;
import io.github.claudefleet.host.Machine;
import io.github.claudefleet.plan.ResourceDemand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Resources available to a fleet's containers, as far as they can be seen from here.
 *
 * @param memory memory of the engine's machine, in bytes; 0 if the engine doesn't report it
 * @param freeMemory free memory in bytes, if the engine is on this machine
 * @param tasks maximum number of processes and threads, if the engine is on this machine
 * @param freeTasks number of processes and threads that can still be started, if the engine is on this machine
 * @param engineDirectory directory of the engine's files, if it can be seen from here
 * @param free free disk space in bytes, of the engine's directory and of the directories of agents' own workspaces
 * @param networks existing networks of those that the containers are to join
 */
record AvailableResources(
        long memory,
        OptionalLong freeMemory,
        OptionalLong tasks,
        OptionalLong freeTasks,
        Optional<Path> engineDirectory,
        SortedMap<Path, Long> free,
        Map<String, NetworkUse> networks) {

    /** Reads the resources that the demand is about. */
    static AvailableResources of(ContainerEngine engine, Machine machine, ResourceDemand demand) {
        EngineInfo info = engine.info();
        boolean local = isHere(info, machine);
        Optional<Path> directory =
                info.directory().filter(path -> local).map(Path::of).filter(Files::isDirectory);
        SortedMap<Path, Long> free = new TreeMap<>();
        directory.ifPresent(path -> free.put(path, HostFiles.freeBytes(path)));
        demand.workspaces().forEach(path -> free.put(path, HostFiles.freeBytes(nearest(path))));
        Map<String, NetworkUse> networks = new TreeMap<>();
        demand.joining().stream()
                .distinct()
                .forEach(name -> engine.networks().find(name).ifPresent(use -> networks.put(name, use)));
        return new AvailableResources(
                info.memoryBytes(),
                local ? machine.freeMemory() : OptionalLong.empty(),
                local ? machine.tasks() : OptionalLong.empty(),
                local ? machine.freeTasks() : OptionalLong.empty(),
                directory,
                free,
                networks);
    }

    /** Returns true if the engine is on this machine. A socket may lead to a virtual machine with less memory. */
    private static boolean isHere(EngineInfo info, Machine machine) {
        return info.address().startsWith("unix:") && machine.memory().equals(OptionalLong.of(info.memoryBytes()));
    }

    /** Returns the nearest existing directory, as the path may have to be created yet. */
    private static Path nearest(Path path) {
        Path there = path.toAbsolutePath();
        while (there.getParent() != null && !Files.exists(there)) {
            there = there.getParent();
        }
        return there;
    }
}
