package io.github.claudefleet.transfer;

import io.github.claudefleet.workspace.IncomingBundle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Result of the script's {@code pack}. It comes from an engine's container, so only its form is trusted.
 *
 * @param files tree of the agent's files
 * @param git tree of the files of its git directory; empty if it has none
 * @param length length of the bundle
 * @param sum sum of the bundle
 * @param hasNested true if the files contain git repositories under another name
 * @param left reasons why parts of the volume are not in the bundle
 */
record PackedVolume(String files, Optional<String> git, long length, String sum, boolean hasNested, List<String> left) {

    private static final Pattern TREE = Pattern.compile("(files|git) ([0-9a-f]{40}|[0-9a-f]{64})");
    private static final Pattern BUNDLE = Pattern.compile("bundle (\\d{1,18}) ([0-9a-f]{64})");
    private static final String LEFT = "left ";
    private static final String NESTED = "nested";
    private static final int LONGEST = 200;

    /** @throws TransferFailedException if the output has another form */
    static PackedVolume parse(String output, String volume) {
        String files = null;
        String git = null;
        String sum = null;
        long length = 0;
        List<String> left = new ArrayList<>();
        for (String line : output.lines().toList()) {
            Matcher tree = TREE.matcher(line);
            Matcher bundle = BUNDLE.matcher(line);
            if (tree.matches() && tree.group(1).equals("files")) {
                files = tree.group(2);
            } else if (tree.matches()) {
                git = tree.group(2);
            } else if (bundle.matches()) {
                length = Long.parseLong(bundle.group(1));
                sum = bundle.group(2);
            } else if (line.startsWith(LEFT)) {
                left.add("not all of volume " + volume + " was fetched: " + shortened(line.substring(LEFT.length())));
            }
        }
        if (files == null || sum == null) {
            throw new TransferFailedException("its container said \"" + shortened(output.strip()) + "\"");
        }
        return new PackedVolume(
                files, Optional.ofNullable(git), length, sum, output.lines().anyMatch(NESTED::equals), left);
    }

    private static String shortened(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    IncomingBundle bundle(Path file) {
        return new IncomingBundle(file, files, git, hasNested);
    }
}
