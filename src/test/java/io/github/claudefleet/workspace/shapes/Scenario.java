package io.github.claudefleet.workspace.shapes;

import io.github.claudefleet.spec.MergePolicy;
import io.github.claudefleet.spec.WorkspaceStrategy;
import io.github.claudefleet.workspace.IntegrationResult;
import java.nio.file.Files;
import java.util.Optional;

/** Events in the life of an agent's own workspace. Each defines the expected verdict. */
enum Scenario implements Event {
    NOTHING("nothing is changed") {
        @Override
        void play(Stage stage) {
            stage.asked("stop", stage.driver()::stop)
                    .filter(result -> !result.isNothing())
                    .ifPresent(result -> stage.fault("**other files changed**", result));
            stage.checkPerson();
            if (!stage.refs().isEmpty()) {
                stage.fault("`stop` leaves a branch", stage.refs());
            }
            if (stage.driver().tree().filter(Files::exists).isPresent()) {
                stage.fault("`stop` leaves the workspace", stage.left());
            }
        }

        @Override
        String wanted() {
            return "nothing";
        }
    },
    EDIT("an edit") {
        @Override
        void play(Stage stage) {
            stage.agent(Stage.EDIT);
            comesHome(stage).ifPresent(stage::checkEdit);
            stage.checkPerson();
        }
    },
    COMMITS("commits, and a rest") {
        @Override
        boolean needsGit() {
            return true;
        }

        @Override
        void play(Stage stage) {
            stage.agent("git log -p --stat >/dev/null && git status >/dev/null\n"
                    + "echo 'class App { int a; }' >App.java; git commit -qam One\n"
                    + "git rm -q gone.txt; git commit -qm Two\n"
                    + "mkdir new; echo new >'new/ö x.txt'; git fsck --connectivity-only >/dev/null");
            comesHome(stage).ifPresent(result -> {
                stage.checkEdit(result);
                String subjects = stage.git("log --format=%s " + result.base() + ".." + result.branch());
                if (!subjects.endsWith("\nTwo\nOne") || subjects.lines().count() != 3) {
                    stage.fault("**commits lost**", subjects);
                }
            });
            stage.checkPerson();
        }
    },
    BRANCHES_AND_STASH("other branches, a stash, an earlier commit checked out") {
        @Override
        boolean needsGit() {
            return true;
        }

        @Override
        void play(Stage stage) {
            stage.agent("git checkout -q -b 'side#1,ü'; echo side >side.txt; git add side.txt; git commit -qm Side\n"
                    + "echo stashed >>App.java; git stash -q\n"
                    + "echo later >later.txt; git add later.txt; git commit -qm Later\n"
                    + "git checkout -q HEAD~2");
            stage.asked("stop", stage.driver()::stop);
            boolean kept = stage.driver().tree().filter(Files::exists).isPresent();
            for (String subject : new String[] {"Side", "Later", "On side#1,ü\\|WIP on side#1,ü"}) {
                boolean integrated = !stage.git("log --all --oneline --grep='" + subject + "'")
                        .isEmpty();
                if (!integrated && !kept) {
                    stage.fault("**commits lost**", subject);
                } else if (!integrated) {
                    stage.fault("kept, and not at home", subject);
                }
            }
            stage.checkPerson();
        }
    },
    MERGE("`merge`") {
        @Override
        void play(Stage stage) {
            stage.personDid("git checkout -q -- mine.txt");
            stage.agent(Stage.EDIT);
            String head = stage.git("rev-parse HEAD");
            allowMerge(stage);
            comesHome(stage).ifPresent(result -> {
                if (result.outcome() != IntegrationResult.Outcome.MERGED) {
                    stage.fault("not merged", result);
                } else if (stage.strategy() == WorkspaceStrategy.COPY) {
                    stage.checkEdit(result);
                } else {
                    stage.checkFiles(
                            stage.git("-c core.quotePath=false diff --name-status --no-renames " + head + " HEAD"));
                }
            });
            stage.checkPerson();
        }

        private void allowMerge(Stage stage) {
            String prefix = stage.project().getFileName() + "/";
            stage.allow(Allowance.branchesOf(WorkspaceDriver.FLEET)
                    .and("(.*/)?" + prefix + "(App.java|gone.txt|new/|new/ö x.txt)?")
                    .and(
                            "(.*/)?(index|sharedindex.*|ORIG_HEAD|HEAD|logs/HEAD|logs/refs/heads/(main|feature)|hooks-that-ran)")
                    .and("(.*/)?modules/libs/sub/|(.*/)?\\.git/|(.*/)?worktrees/project/|")
                    .and("ref (refs/heads/(main|feature))"));
        }

        @Override
        void prepare(Stage stage) {
            stage.mergeAs(MergePolicy.MERGE);
            super.prepare(stage);
        }

        @Override
        String wanted() {
            return "merged";
        }
    },
    CONFLICT("a conflict") {
        @Override
        void play(Stage stage) {
            stage.agent(Stage.EDIT);
            stage.personDid(
                    "echo 'class App { int b; }' >App.java; git commit -qm Mine --no-verify App.java; git checkout -q -- mine.txt");
            comesHome(stage).ifPresent(result -> {
                if (result.outcome() != IntegrationResult.Outcome.REFUSED) {
                    stage.fault("**merged over a conflict**", result);
                }
            });
            stage.checkPerson();
        }

        @Override
        void prepare(Stage stage) {
            stage.mergeAs(MergePolicy.MERGE);
            super.prepare(stage);
        }

        @Override
        String wanted() {
            return "refused, named";
        }
    },
    PERSON_WORKS("the person works meanwhile") {
        @Override
        void play(Stage stage) {
            stage.agent(Stage.EDIT);
            stage.personDid("git mv src/Deep.java src/Deeper.java; echo more >>mine.txt; git branch meanwhile\n"
                    + "echo staged >staged.txt; git add staged.txt; git stash list >/dev/null");
            comesHome(stage).ifPresent(stage::checkEdit);
            stage.goal("diff", stage.driver()::diff);
            stage.checkPerson();
        }
    },
    PERSON_ON_THE_BRANCH("the person commits on the agent's branch") {
        @Override
        boolean needsGit() {
            return true;
        }

        @Override
        void play(Stage stage) {
            stage.agent(Stage.EDIT);
            comesHome(stage).ifPresent(first -> {
                String note = stage.git("commit-tree -p " + first.branch() + " -m Note " + first.branch() + "^{tree}");
                stage.personDid("git update-ref refs/heads/" + first.branch() + " " + note);
                stage.personHasBranch();
                stage.agent("echo later >later.txt");
                Optional<WorkspaceDriver.Result> second = stage.asked("await", stage.driver()::await);
                stage.goal("diff", stage.driver()::diff);
                if (stage.git("for-each-ref --contains " + note).isEmpty()) {
                    stage.fault("**a person's commit lost**", stage.git("log --all --oneline"));
                } else if (second.isPresent()
                        && stage.git("log --all --oneline -- '*later.txt'").isEmpty()) {
                    stage.fault("**commits lost**", second);
                }
            });
            stage.checkPerson();
        }
    },
    CLONED_ANEW("the checkout is cloned anew") {
        @Override
        void play(Stage stage) {
            stage.agent(Stage.EDIT);
            stage.asked("stop", stage.driver()::stop);
            Shell.run(stage.person(), "rm -rf ./* ./.[!.]*");
            stage.shape().make(stage.person(), 1);
            stage.personDid("true");
            stage.goal("diff", stage.driver()::diff);
            if (stage.goal("start", stage.driver()::start)) {
                stage.agent(Stage.EDIT);
                comesHome(stage).ifPresent(stage::checkEdit);
            }
            stage.checkPerson();
        }
    },
    BASE_GONE("the base is gone") {
        @Override
        boolean needsGit() {
            return true;
        }

        @Override
        void play(Stage stage) {
            stage.agent(Stage.EDIT);
            stage.personDid("git checkout -q --orphan fresh && git commit -qm Fresh --no-verify\n"
                    + "for b in $(git for-each-ref --format='%(refname)' | grep -v claude-fleet | grep -v heads/fresh); do\n"
                    + "git update-ref -d $b; done\n"
                    + "git reflog expire --expire=now --all; git gc -q --prune=now");
            comesHome(stage).ifPresent(result -> {
                if (result.files() != 3) {
                    stage.fault("**other files changed**", result);
                }
            });
            stage.checkPerson();
        }
    };

    private final String words;

    Scenario(String words) {
        this.words = words;
    }

    @Override
    public String words() {
        return words;
    }

    @Override
    public boolean happensTo(WorkspaceStrategy strategy) {
        return strategy.isOwn() && !(needsGit() && strategy == WorkspaceStrategy.COPY);
    }

    boolean needsGit() {
        return false;
    }

    void prepare(Stage stage) {
        stage.goal("start", stage.driver()::start);
    }

    abstract void play(Stage stage);

    /** Verdict for a cell without faults. */
    String wanted() {
        return "home";
    }

    private static Optional<WorkspaceDriver.Result> comesHome(Stage stage) {
        Optional<WorkspaceDriver.Result> result = stage.asked("await", stage.driver()::await);
        if (result.isEmpty()) {
            if (stage.isFaultless()) {
                stage.fault("**lost**", "nothing came home");
            }
        } else if (result.get().outcome() == IntegrationResult.Outcome.FAILED && stage.hasAgentsFile()) {
            stage.fault("kept, and said", result);
            return Optional.empty();
        } else if (result.get().isNothing()) {
            stage.fault("**lost**", result);
            return Optional.empty();
        }
        return result;
    }

    @Override
    public String verdict(Stage stage) {
        prepare(stage);
        if (stage.isFaultless()) {
            try {
                play(stage);
            } catch (AgentShell.AgentFailedException e) {
                stage.fault("**git is dead in the agent**", e);
            }
        }
        stage.checkGivesUp();
        return stage.verdict(wanted());
    }
}
