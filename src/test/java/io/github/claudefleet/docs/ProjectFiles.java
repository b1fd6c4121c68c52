package io.github.claudefleet.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** Files of the project, by their paths in the checkout. */
public final class ProjectFiles {

    private ProjectFiles() {}

    static Path path(String name) {
        return Path.of(System.getProperty("basedir", "")).resolve(name);
    }

    public static String read(String name) {
        return read(path(name));
    }

    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns every Markdown document of the checkout's top directory and of docs, in order. */
    static List<Path> documents() {
        try (Stream<Path> top = Files.list(path(""));
                Stream<Path> docs = Files.walk(path("docs"))) {
            return Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the Java files below a directory, in order. */
    static List<Path> sources(String directory) {
        try (Stream<Path> all = Files.walk(path(directory))) {
            return all.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Document xml(String name) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(path(name).toFile());
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalStateException(name + " is not XML", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the direct child elements of this name. */
    static List<Element> children(Element parent, String name) {
        return Stream.iterate(parent.getFirstChild(), node -> node != null, Node::getNextSibling)
                .filter(Element.class::isInstance)
                .map(Element.class::cast)
                .filter(element -> element.getTagName().equals(name))
                .toList();
    }

    /** Returns the text of the first direct child element of this name; empty if there is none. */
    static String text(Element parent, String name) {
        return children(parent, name).stream()
                .findFirst()
                .map(Node::getTextContent)
                .map(String::strip)
                .orElse("");
    }

    /** Returns a coordinate of the project, such as {@code version}. */
    public static String coordinate(String name) {
        return text(xml("pom.xml").getDocumentElement(), name);
    }
}
