package io.github.claudefleet.workspace.shapes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Shapes of realistic repositories, each created by git itself. */
public enum RepositoryShape {
    PLAIN("a plain clone", "project", "clone origin.git project\n"),
    LINKED_WORKTREE("a linked worktree", "project", """
            clone origin.git main
            git worktree add -q -b feature ../project
            git worktree add -q ../other -b other && mv ../other ../other-on-a-disk-that-is-away
            """),
    SUBMODULE("a submodule", "super/libs/sub", """
            git init -q -b main seed2 && cd seed2
            git -c protocol.file.allow=always submodule add -q "$P/origin.git" libs/sub
            git commit -qm Super && cd "$P"
            git -c protocol.file.allow=always clone -q --recurse-submodules seed2 super
            rm -rf seed2 && cd super/libs/sub
            """),
    SUBDIRECTORY("a sub-directory of a larger repository", "project/mod", "clone origin.git project\n"),
    SPARSE_CONE("a sparse checkout (cone)", "project", """
            clone origin.git project
            git sparse-checkout set --cone src
            """),
    SPARSE("a sparse checkout (patterns)", "project", """
            clone origin.git project
            git sparse-checkout set --no-cone '/*' '!/big/'
            """),
    PARTIAL("a partial clone (`--filter=blob:none`)", "project", """
            git -C origin.git config uploadpack.allowFilter true
            git -C origin.git config uploadpack.allowAnySHA1InWant true
            clone --filter=blob:none "file://$P/origin.git" project
            """),
    SHALLOW("a shallow clone", "project", "clone --depth 1 \"file://$P/origin.git\" project\n"),
    REFERENCE("a clone with `--reference`", "project", """
            git clone -q --bare origin.git mirror.git
            clone --reference "$P/mirror.git" "file://$P/origin.git" project
            """),
    SHARED("a clone with `--shared`", "project", "clone --shared origin.git project\n"),
    BARE("a bare repository with worktrees", "project", """
            git clone -q --bare origin.git repo.git && cd repo.git
            git worktree add -q ../project main
            git worktree add -q ../other -b other && mv ../other ../other-on-a-disk-that-is-away
            """),
    SHA256("a SHA-256 repository", "project", "clone origin.git project\n", "--object-format=sha256", ""),
    IGNORECASE(
            "names that differ in case, `core.ignorecase`",
            "project",
            """
            clone origin.git project
            git config core.ignorecase true
            """,
            "",
            "echo upper >NOTES.txt; echo lower >notes.txt"),
    LFS(
            "Git LFS",
            "project",
            """
            cat >lfs <<'END'
            #!/bin/sh
            # Large files as Git LFS has them: the content is kept beside, a pointer is committed.
            store=$(dirname "$0")/lfs-store; mkdir -p "$store"
            cat >"$store/in.$$"
            if [ "$1" = clean ]; then
                if grep -q '^pointer ' "$store/in.$$"; then cat "$store/in.$$"; else
                h=$(sha256sum <"$store/in.$$" | cut -c1-64); [ -e "$store/$h" ] || cp "$store/in.$$" "$store/$h"; echo "pointer $h"; fi
            else
                h=$(sed -n 's/^pointer //p' "$store/in.$$"); cat "$store/${h:-in.$$}"
            fi
            rm "$store/in.$$"
            END
            chmod +x lfs
            git clone -q --no-checkout origin.git project && cd project
            for c in clean smudge; do git config filter.lfs.$c "'$P/lfs' $c"; done
            git config filter.lfs.required true
            mkdir -p "$P/lfs-store" && seq 1000 >"$P/lfs-store/$(seq 1000 | sha256sum | cut -c1-64)"
            git checkout -q main
            # An index written in its files' second has git compare contents, by a filter that no container has.
            sleep 1.1 && git update-index --force-write-index
            """,
            "",
            "echo '*.dat filter=lfs -text' >.gitattributes; "
                    + "echo \"pointer $(seq 1000 | sha256sum | cut -c1-64)\" >large.dat"),
    CRLF("line ends by attributes", "project", "clone origin.git project\n", "", """
            printf '* text=auto eol=crlf\\n*.bin -text\\n' >.gitattributes; printf 'a\\r\\nb\\n' >mixed.bin
            """),
    HOOKS("hooks and signing configured", "project", """
            clone origin.git project
            mkdir -p .git/hooks
            for h in pre-commit prepare-commit-msg commit-msg post-commit post-checkout post-merge pre-push \\
                post-rewrite reference-transaction fsmonitor; do
                printf '#!/bin/sh\\necho %s 2>&- >>"%s/hooks-that-ran"\\nexit 0\\n' $h "$P" >.git/hooks/$h
                chmod +x .git/hooks/$h
            done
            printf '#!/bin/sh\\ncat >/dev/null\\necho signed >>"%s/hooks-that-ran"\\n' "$P" >"$P/gpg"
            echo 'echo "-----BEGIN PGP SIGNATURE-----"; echo; echo "[GNUPG:] SIG_CREATED " >&2' >>"$P/gpg"
            chmod +x "$P/gpg"
            git config commit.gpgSign true
            git config gpg.program "$P/gpg"
            """),
    MANY_FILES("many files", "project", "clone origin.git project\n", "", """
            mkdir many; cd many; for d in $(seq $((FILES / 100))); do mkdir d$d
            for f in 0 1 2 3 4 5 6 7 8 9; do for g in 0 1 2 3 4 5 6 7 8 9; do echo $d$f$g >d$d/f$f$g; done; done; done; cd ..
            """),
    SPACE_AND_UMLAUT("a path with a space and an umlaut", "Mein Projekt Ü", "clone origin.git 'Mein Projekt Ü'\n"),
    BEHIND_A_LINK("behind a symbolic link", "link/project", """
            mkdir real && ln -s real link
            clone origin.git link/project
            """),
    SPLIT_INDEX("a split index", "project", """
            clone origin.git project
            git config core.splitIndex true
            git update-index --split-index
            """),
    SKIPPED_FILES("files marked skip-worktree or assume-unchanged", "project", """
            clone origin.git project
            git update-index --skip-worktree src/Deep.java big/more.txt
            rm big/more.txt && echo mine >src/Deep.java
            git update-index --assume-unchanged big/data.txt
            echo mine >>big/data.txt
            """),
    INFO_ATTRIBUTES("`info/attributes` and `info/exclude`", "project", """
            clone origin.git project
            printf '*.java text eol=crlf\\n*.txt -text\\n' >.git/info/attributes
            echo '*.mine' >>.git/info/exclude && echo mine >x.mine
            rm -f App.java src/Deep.java && git checkout -q -- App.java src/Deep.java
            """);

    private static final int MANY = 100_000;

    private static final String PRELUDE = """
            clone() { git clone -q "$@"; for last; do :; done; cd "$last"; }
            """;

    private static final String SEED = """
            export GIT_AUTHOR_DATE='2026-01-0'$((ROUND + 1))' 12:00' GIT_COMMITTER_DATE='2026-01-02 12:00'
            fill() {
                mkdir -p src big
                echo 'class App {}' >App.java; echo 'class Deep {}' >src/Deep.java; echo mine >mine.txt
                echo gone >gone.txt; echo data >big/data.txt; echo more $ROUND >big/more.txt
            }
            git init -q -b main $FORMAT seed && cd seed
            fill; mkdir mod; (cd mod; fill); printf 'target/\\n*.secret\\n' >.gitignore; echo one >README.md
            """;

    private static final String ORIGIN = """
            git add -A && git commit -qm First && echo two >README.md && git commit -qam Second && cd ..
            git clone -q --bare seed origin.git && rm -rf seed
            """;

    /** Content of a repository in use, in addition to commits. */
    private static final String LIVED_IN = """
            cd "$P/$PROJECT"
            echo stashed >>mine.txt && git stash -q
            echo edited >>mine.txt && echo new >untracked.txt && echo password >my.secret
            git branch kept && git tag v1
            git status >/dev/null && rm -f "$P/hooks-that-ran"
            """;

    /** Repositories that are created once, and then copied. */
    private static final Map<String, Path> ORIGINS = new ConcurrentHashMap<>();

    private final String words;
    private final String project;
    private final String script;
    private final String format;
    private final String files;

    RepositoryShape(String words, String project, String script) {
        this(words, project, script, "", "");
    }

    RepositoryShape(String words, String project, String script, String format, String files) {
        this.words = words;
        this.project = project;
        this.script = script;
        this.format = format;
        this.files = files;
    }

    /** Description for readers. */
    public String words() {
        return words;
    }

    /** Directory of the project. */
    public Path project(Path person) {
        return person.resolve(project);
    }

    /** Path of the project's directory in its repository, with a slash at the end; empty for the repository's root. */
    String prefix() {
        return this == SUBDIRECTORY ? "mod/" : "";
    }

    /**
     * Creates the repository.
     *
     * @param person directory for all files of the person
     * @param round number of the round; commits of two rounds have nothing in common
     */
    public void make(Path person, int round) {
        try {
            Files.createDirectories(person);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String variables =
                "P=$PWD ROUND=" + round + " FORMAT='" + format + "' PROJECT='" + project + "' FILES=" + files() + "\n";
        Path origin = ORIGINS.computeIfAbsent(format + files + round, key -> origin(variables));
        Shell.run(person, variables + "cp -R '" + origin + "' .\n" + PRELUDE + script + LIVED_IN);
    }

    /**
     * Number of files, smaller for a run of the selection, which has less time than a run that is requested by name.
     */
    private static int files() {
        boolean asked = !System.getProperty("shapes", "").isEmpty();
        return Integer.getInteger("shapes.files", asked ? MANY : MANY / 100);
    }

    private Path origin(String variables) {
        try {
            Path directory = Files.createTempDirectory("claude-fleet-origin-");
            Shell.run(directory, variables + PRELUDE + SEED + files + "\n" + ORIGIN);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> Shell.run(directory, "rm -rf \"$PWD\"")));
            return directory.resolve("origin.git");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
