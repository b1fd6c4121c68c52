package io.github.claudefleet.workspace.shapes;

import io.github.claudefleet.spec.WorkspaceStrategy;
import java.nio.file.Files;

/** Events with agents that mount the person's directory itself. */
enum DirectScenario implements Event {
    GIT("`git status`, `git log -p`", true, "works") {
        @Override
        void play(Stage stage) {
            stage.allow(Allowance.NONE.and("(.*/)?(index|sharedindex.*)"));
            String here = stage.git("-c core.quotePath=false status --porcelain");
            String there = stage.agent("git log -p >/dev/null && git -c core.quotePath=false status --porcelain");
            if (!here.equals(there)) {
                stage.fault("**`git status` differs**", here + " / " + there);
            }
        }
    },
    EDIT("an edit", true, "there") {
        @Override
        void play(Stage stage) {
            if (stage.strategy() == WorkspaceStrategy.READONLY) {
                if (stage.shell().attempt("echo x >>App.java").isSuccess()) {
                    stage.fault("**written**", "App.java");
                }
                return;
            }
            String prefix = stage.project().getFileName() + "/";
            stage.allow(Allowance.NONE.and("(.*/)?" + prefix + "(App.java|gone.txt|new/|new/ö x.txt)?"));
            stage.agent(Stage.EDIT);
            if (!Files.exists(stage.project().resolve("new/ö x.txt"))) {
                stage.fault("**lost**", "an edit");
            }
        }

        @Override
        String wanted(WorkspaceStrategy strategy) {
            return strategy == WorkspaceStrategy.READONLY ? "refused" : "there";
        }
    },
    COMMITS("commits, another branch, a stash", false, "there") {
        @Override
        void play(Stage stage) {
            stage.allow(Allowance.NONE.and(WRITTEN).and("ref refs/(heads/.*|stash)"));
            stage.agent("git add App.java && echo 'class App { int a; }' >App.java && git commit -q -m One App.java\n"
                    + "git branch agents-branch && git branch gone && git branch -q -D gone\n"
                    + "echo stashed >>App.java && git stash -q -- App.java");
            String log = stage.git("log -1 --format=%s,%an,%cn agents-branch");
            if (!log.startsWith("One,") || log.contains("Pat")) {
                stage.fault("**commits lost**", log);
            }
        }
    },
    GUARD("its settings and hooks", false, "can't be written") {
        @Override
        void play(Stage stage) {
            String written = stage.agent("""
                    git=$(git rev-parse --absolute-git-dir) common=$(realpath "$(git rev-parse --git-common-dir)")
                    attempt() { if sh -c "$1" 2>/dev/null; then echo "$1"; fi; }
                    export git common
                    attempt 'git config core.pager x'
                    attempt 'git config --worktree core.pager x'
                    attempt 'echo x >>"$common/config"'
                    attempt 'echo x >"$common/hooks/post-checkout"'
                    attempt 'mv "$common/hooks" "$common/h"'
                    attempt 'rm -f "$common/config" && echo x >"$common/config"'
                    attempt 'mv "$common" "${common}x"'
                    attempt 'mv .git .git-away'
                    """);
            if (!written.isEmpty()) {
                stage.fault("**can be written**", written);
            }
        }
    },
    HOUSEKEEPING("`git gc`, `git worktree prune`", false, "harmless") {
        @Override
        void play(Stage stage) {
            stage.allow(Allowance.NONE
                    .and("(.*/)?objects/.*")
                    .and("(.*/)?(index|sharedindex.*|gc.log|info/refs|gc.pid|logs/HEAD)"));
            stage.agent(
                    "git rev-parse --git-dir >/dev/null; git worktree prune || true; git gc -q || true; git status >/dev/null");
            stage.git("fsck --connectivity-only");
        }
    };

    private static final String WRITTEN =
            "(.*/)?(index|sharedindex.*|ORIG_HEAD|COMMIT_EDITMSG|HEAD|logs/.*|App.java|hooks-that-ran|)";

    private final String words;
    private final boolean readOnlyToo;
    private final String wanted;

    DirectScenario(String words, boolean readOnlyToo, String wanted) {
        this.words = words;
        this.readOnlyToo = readOnlyToo;
        this.wanted = wanted;
    }

    abstract void play(Stage stage);

    String wanted(WorkspaceStrategy strategy) {
        return wanted;
    }

    @Override
    public String words() {
        return words;
    }

    @Override
    public boolean happensTo(WorkspaceStrategy strategy) {
        return strategy == WorkspaceStrategy.BIND || readOnlyToo && strategy == WorkspaceStrategy.READONLY;
    }

    @Override
    public String verdict(Stage stage) {
        if (stage.goal("start", stage.driver()::start)) {
            stage.allow(Allowance.NONE);
            try {
                play(stage);
            } catch (AgentShell.AgentFailedException e) {
                stage.fault(
                        stage.driver().isLimited() ? "fails, which `start` says" : "**git is dead in the agent**", e);
            }
            stage.asked("stop", stage.driver()::stop);
        }
        stage.checkPerson();
        if (!stage.left().isEmpty()) {
            stage.fault("`stop` leaves something", stage.left());
        }
        return stage.verdict(wanted(stage.strategy()));
    }
}
