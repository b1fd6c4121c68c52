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
 * What there is for a fleet's containers, as far as it can be seen from here.
 *
 * @param memory the engine's, in bytes; 0 where it doesn't say
 * @param freeMemory what is free of it, where the engine is on this machine
 * @param tasks the most processes and threads, where the engine is on this machine
 * @param freeTasks how many more there can be
 * @param engineDirectory where the engine keeps its files, where that can be seen from here
 * @param free what can still be written there, and where agents' own workspaces are made, in bytes
 * @param networks those that are there of what the containers are to join
 */
record AvailableResources(
        long memory,
        OptionalLong freeMemory,
        OptionalLong tasks,
        OptionalLong freeTasks,
        Optional<Path> engineDirectory,
        SortedMap<Path, Long> free,
        Map<String, NetworkUse> networks) {

    /** For that demand. */
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
                .forEach(name -> engine.network(name).ifPresent(use -> networks.put(name, use)));
        return new AvailableResources(
                info.memoryBytes(),
                local ? machine.freeMemory() : OptionalLong.empty(),
                local ? machine.tasks() : OptionalLong.empty(),
                local ? machine.freeTasks() : OptionalLong.empty(),
                directory,
                free,
                networks);
    }

    /** A socket here may lead to a virtual machine, which has less memory of its own. */
    private static boolean isHere(EngineInfo info, Machine machine) {
        return info.address().startsWith("unix:") && machine.memory().equals(OptionalLong.of(info.memoryBytes()));
    }

    /** It may have to be made yet. */
    private static Path nearest(Path path) {
        Path there = path.toAbsolutePath();
        while (there.getParent() != null && !Files.exists(there)) {
            there = there.getParent();
        }
        return there;
    }
}
