package io.github.claudefleet.workspace.shapes;

import io.github.claudefleet.spec.WorkspaceStrategy;

/**
 * Builds that are killed (SIGKILL) at a call of git: with a plain clone at each call, with other shapes at one call,
 * which differs for each shape. The next goal must repair incomplete work.
 */
enum KillScenario implements Event {
    MADE("killed while it is made", "start") {
        @Override
        void mend(Stage stage, int at) {
            if (at % 3 != 0) {
                worksAgain(stage);
            }
        }
    },
    COLLECTED("killed while work is collected", "await") {
        @Override
        void prepare(Stage stage) {
            if (stage.goal("start", stage.driver()::start)) {
                stage.agent(Stage.EDIT);
            }
        }

        @Override
        void mend(Stage stage, int at) {
            stage.asked("await", stage.driver()::await).ifPresent(stage::checkEdit);
        }
    },
    TIDIED("killed while it is tidied away", "stop") {
        @Override
        void prepare(Stage stage) {
            stage.goal("start", stage.driver()::start);
        }

        @Override
        void mend(Stage stage, int at) {
            if (at % 3 != 0) {
                worksAgain(stage);
            }
        }
    },
    GIVEN_UP("killed while it is given up", "clean") {
        @Override
        void prepare(Stage stage) {
            COLLECTED.prepare(stage);
            stage.asked("await", stage.driver()::await);
        }

        @Override
        void mend(Stage stage, int at) {
            if (at % 3 == 0) {
                worksAgain(stage);
            }
        }
    };

    private static final int SPREAD = 5;
    private static final int OFTEN = 30;
    private static final Killer GIT_CALLS = new GitCallKiller();

    private final String words;
    private final String goal;

    KillScenario(String words, String goal) {
        this.words = words;
        this.goal = goal;
    }

    void prepare(Stage stage) {}

    abstract void mend(Stage stage, int at);

    @Override
    public String words() {
        return words;
    }

    @Override
    public boolean happensTo(WorkspaceStrategy strategy) {
        return strategy.isOwn();
    }

    private static void worksAgain(Stage stage) {
        if (stage.goal("start", stage.driver()::start)) {
            stage.agent(Stage.EDIT);
            stage.asked("await", stage.driver()::await).ifPresent(stage::checkEdit);
        }
    }

    @Override
    public String verdict(Stage first) {
        boolean everywhere = first.shape() == RepositoryShape.PLAIN
                && !System.getProperty("shapes", "").isEmpty();
        int at = everywhere ? 1 : 1 + first.shape().ordinal() * SPREAD % OFTEN;
        Stage stage = first;
        while (play(stage, GIT_CALLS, at) && everywhere && stage.isFaultless()) {
            at++;
            stage = first.another(String.valueOf(at));
        }
        if (stage != first) {
            first.take(stage, "at call " + at);
        }
        return first.verdict("mended");
    }

    /** Returns true if the goal was killed; false if it ended before that call. */
    boolean play(Stage stage, Killer killer, int at) {
        prepare(stage);
        boolean killed = stage.isFaultless() && killer.kills(stage, goal, at);
        if (stage.isFaultless()) {
            mend(stage, at);
        }
        stage.checkPerson();
        stage.checkGivesUp();
        return killed;
    }
}
