package io.github.claudefleet.workspace.shapes;

/** Configurations of repositories from public issues, in which other tools with worktrees for agents failed. */
enum FieldSituation {
    /** Settings that change git's output or its invocation: coderabbitai/git-worktree-runner, daintreehq/daintree. */
    SETTINGS_THAT_CHANGE_OUTPUT("""
            git config --global color.ui always
            git config --global diff.noprefix true
            git config --global diff.external false
            git config --global diff.renames copies
            git config --global core.quotePath true
            git config --global core.abbrev 4
            git config --global core.pager false
            git config --global log.showSignature true
            git config --global status.branch true
            git config --global status.showUntrackedFiles no
            git config --global status.relativePaths true
            git config --global worktree.guessRemote true
            git config --global branch.autoSetupRebase always
            git config --global apply.whitespace error
            git config --global core.whitespace tab-in-indent,cr-at-eol
            """),
    /** Setting by which git trusts no bare repository that it finds by itself (git 2.38). */
    NO_BARE_REPOSITORY_IS_TRUSTED("git config --global safe.bareRepository explicit\n"),
    /** File watcher with wrong answers, and caches: daintreehq/daintree#4885, max-sixty/worktrunk#3646. */
    FILE_WATCHER_AND_CACHES("""
            printf '#!/bin/sh\\nprintf "token\\\\0"\\n' >"$P/watcher" && chmod +x "$P/watcher"
            git config core.fsmonitor "$P/watcher"
            git config core.fsmonitorHookVersion 2
            git config core.untrackedCache true
            git config feature.manyFiles true
            git update-index --index-version 4
            git status >/dev/null
            """),
    /** Hooks with a relative path that is committed: anthropics/claude-code#88747, block/buzz#1751. */
    HOOKS_BY_A_RELATIVE_PATH("""
            mkdir .githooks
            for h in post-checkout pre-commit post-commit reference-transaction pre-push post-index-change; do
                printf '#!/bin/sh\\necho %s >>"%s/ran"\\nexit 1\\n' $h "$P" >.githooks/$h; chmod +x .githooks/$h
            done
            git add .githooks && git commit -qm Hooks && git config core.hooksPath .githooks
            """),
    /**
     * Encrypted files whose filter works only in the person's checkout: AGWA/git-crypt#105,
     * anthropics/claude-code#38538.
     */
    ENCRYPTED_FILES("""
            printf '#!/bin/sh\\n[ "$(git rev-parse --git-dir)" = .git ] || exit 1\\ntr a-z n-za-m\\n' >"$P/crypt"
            chmod +x "$P/crypt"
            for c in clean smudge; do git config filter.git-crypt.$c "$P/crypt"; done
            git config filter.git-crypt.required true
            echo '*.key filter=git-crypt diff=git-crypt' >.gitattributes; echo plain >a.key
            git add .gitattributes a.key && git commit -qm Encrypted -- .gitattributes a.key
            """),
    /**
     * Bare repository in .git with worktrees, each with its own settings: jikig-ai/soleur#7407,
     * anthropics/claude-code#69802.
     */
    SETTINGS_FOR_EACH_WORKTREE("""
            git config core.bare true
            git config extensions.worktreeConfig true
            git worktree add -q ../linked -b linked
            git --git-dir=.git/worktrees/linked config --worktree core.bare false
            cd ../linked && git config --worktree core.autocrlf false && git status >/dev/null
            """),
    /** Settings for some directories, from an included file. */
    INCLUDED_SETTINGS("""
            printf '[core]\\n\\tautocrlf = true\\n' >"$P/windows"
            git config --global "includeIf.gitdir:$P/**.path" "$P/windows"
            rm -f App.java src/Deep.java && git checkout -q -- App.java src/Deep.java
            """),
    /** Merges that git accepts only if they are signed, or never creates itself. */
    SIGNED_OR_NO_MERGES("""
            git config --global commit.gpgSign true
            git config --global tag.gpgSign true
            git config --global gpg.program false
            git config --global merge.ff only
            git config --global merge.verifySignatures true
            git config --global rerere.enabled true
            """),
    /** Tag and remote branch with the same names as agents' branches. */
    AMBIGUOUS_NAMES("""
            git tag claude-fleet/shop/tester HEAD~1
            git update-ref refs/remotes/origin/claude-fleet/shop/tester HEAD~1
            git update-ref refs/claude-fleet/shop/tester/mine HEAD~1
            """),
    /** History that git shows differently from the stored commits. */
    REPLACED_COMMITS("""
            git replace --graft HEAD
            git notes add -m note
            git gc -q
            """),
    /** Commands that recurse into submodules: anthropics/claude-code, with protocols that are not allowed. */
    SUBMODULES_BY_THEMSELVES("""
            git -c protocol.file.allow=always submodule --quiet add "$P/origin.git" lib
            git commit -qm Library -- .gitmodules lib
            git config submodule.recurse true
            git config push.recurseSubmodules check
            git config status.submoduleSummary true
            git config diff.submodule log
            """);

    private final String script;

    FieldSituation(String script) {
        this.script = script;
    }

    /** Script that creates the situation from a plain clone; {@code $P} is the directory of all the person's files. */
    String script() {
        return script;
    }
}
