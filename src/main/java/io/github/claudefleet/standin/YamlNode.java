package io.github.claudefleet.standin;

import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.InvalidSpecException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Node of a YAML file, which knows its line.
 *
 * @param file file that it is in
 */
record YamlNode(Path file, Node node) {

    /**
     * Reads a file's only document; empty if it has none.
     *
     * @throws InvalidSpecException if it can't be read, or is not YAML
     */
    static Optional<YamlNode> read(Path file) {
        try (Reader reader = Files.newBufferedReader(file)) {
            return Optional.ofNullable(yaml().compose(reader)).map(node -> new YamlNode(file, node));
        } catch (MarkedYAMLException e) {
            throw problem(file, line(e.getProblemMark()), e.getProblem(), "Correct the file: it must be YAML.");
        } catch (YAMLException e) {
            throw problem(file, "", "it is no text: " + e.getMessage(), "Correct the file: it must be YAML in UTF-8.");
        } catch (IOException e) {
            throw problem(file, "", "it can't be read: " + FileProblem.of(e), "Make it a file that you can read.");
        }
    }

    /** Returns the elements of a list. */
    List<YamlNode> items() {
        if (node instanceof SequenceNode list) {
            return list.getValue().stream().map(this::other).toList();
        }
        throw problem("a list is needed here", "Begin each element with \"- \".");
    }

    /**
     * Returns the members of a mapping, in their order.
     *
     * @param known names that it may have
     */
    Map<String, YamlNode> members(Set<String> known) {
        if (!(node instanceof MappingNode mapping)) {
            throw problem("a mapping is needed here", "Use these keys: " + words(known) + ".");
        }
        Map<String, YamlNode> members = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            YamlNode key = other(tuple.getKeyNode());
            if (!known.contains(key.text())) {
                throw key.problem("\"" + key.text() + "\" is not known here", "Use these keys: " + words(known) + ".");
            }
            if (members.put(key.text(), other(tuple.getValueNode())) != null) {
                throw key.problem("\"" + key.text() + "\" is there twice", "Keep one of them.");
            }
        }
        return members;
    }

    /** Returns a text, a number or a boolean as it is written. */
    String text() {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw problem("a text is needed here", "Write one value, in quotes if it has special characters.");
    }

    /** Returns the value as text, number, boolean, list or map. */
    Object value() {
        return new Values().of(node);
    }

    boolean isMapping() {
        return node instanceof MappingNode;
    }

    InvalidSpecException problem(String event, String remedy) {
        return problem(file, line(node.getStartMark()), event, remedy);
    }

    private YamlNode other(Node part) {
        return new YamlNode(file, part);
    }

    private static InvalidSpecException problem(Path file, String line, String event, String remedy) {
        return new InvalidSpecException("rehearsal", "has the script " + file + line + ": " + event, remedy);
    }

    private static String line(Mark mark) {
        return mark == null ? "" : ", line " + (mark.getLine() + 1);
    }

    private static String words(Set<String> known) {
        return String.join(", ", new TreeSet<>(known));
    }

    private static Yaml yaml() {
        return new Yaml(new SafeConstructor(new LoaderOptions()));
    }

    /** Converts a node to a value of Java. */
    private static final class Values extends SafeConstructor {

        Values() {
            super(new LoaderOptions());
        }

        Object of(Node node) {
            return constructDocument(node);
        }
    }
}
