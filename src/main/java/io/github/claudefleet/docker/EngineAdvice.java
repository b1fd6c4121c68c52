package io.github.claudefleet.docker;

import java.util.Locale;

/** Next step for a user whose engine does not answer, in the commands of the system that Maven runs on. */
enum EngineAdvice {
    LINUX(
            "Start Docker, or name an engine with -Dclaude-fleet.engine=unix:///path or DOCKER_HOST.",
            "To be allowed to use an engine's socket, join the group that owns it (sudo usermod -aG docker $USER) and"
                    + " log in again; for a job in a container, add the group's number to it"
                    + " (docker run --group-add NUMBER; stat -c %g SOCKET prints it)."),
    MACOS(
            "Start Docker Desktop (open -a Docker), Colima (colima start) or Podman (podman machine start), or name an"
                    + " engine with -Dclaude-fleet.engine=unix:///path or DOCKER_HOST.",
            "An engine's socket belongs to the user who started Docker Desktop, Colima or Podman: run Maven as that user."),
    WINDOWS(
            "Start Docker Desktop with Linux containers, or name an engine with"
                    + " -Dclaude-fleet.engine=npipe:////./pipe/NAME or DOCKER_HOST.",
            "To be allowed to use Docker Desktop, join its group as an administrator"
                    + " (net localgroup docker-users %USERNAME% /add) and sign in to Windows again.");

    private final String start;
    private final String permission;

    EngineAdvice(String start, String permission) {
        this.start = start;
        this.permission = permission;
    }

    /** @param system Java's name of the system, {@code os.name} */
    static EngineAdvice of(String system) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            return WINDOWS;
        }
        return name.startsWith("mac") ? MACOS : LINUX;
    }

    /** Checks whether a system's reason for a failed connection is that this user may not connect. */
    static boolean isDenied(String reason) {
        return reason.contains("Permission denied") || reason.contains("Access is denied");
    }

    /** @param denied true if an engine is there, and this user may not use it */
    String text(boolean denied) {
        return denied ? permission + " " + start : start;
    }
}
