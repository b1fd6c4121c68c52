package io.github.claudefleet.init;

import eu.maveniverse.domtrip.Document;
import eu.maveniverse.domtrip.DomTripException;
import eu.maveniverse.domtrip.Element;
import eu.maveniverse.domtrip.Node;
import io.github.claudefleet.spec.InvalidSpecException;
import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Text of a pom, of which each element's place is known. It is only ever cut and joined, never written from its
 * elements, so that everything else keeps its bytes.
 *
 * @param mark byte order mark; no bytes if there is none
 * @param charset charset of the text
 * @param text text without the mark
 * @param project root element
 */
record PomText(byte[] mark, Charset charset, String text, Element project) {

    private static final Pattern ENCODING = Pattern.compile("\\A<\\?xml\\s[^>]*?encoding\\s*=\\s*[\"']([^\"']*)[\"']");
    private static final List<byte[]> MARKS = List.of(
            new byte[] {},
            new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF},
            new byte[] {(byte) 0xFE, (byte) 0xFF},
            new byte[] {(byte) 0xFF, (byte) 0xFE});

    /**
     * Reads a pom.
     *
     * @param name file name, for messages
     * @throws InvalidSpecException if it is no pom, or its text is not certain
     */
    static PomText read(String name, byte[] bytes) {
        Document document = parse(name, bytes);
        if (document.root() == null || !"project".equals(document.root().localName())) {
            throw new InvalidSpecException(name, "has no <project>", "Name a pom in XML by -f.");
        }
        if (document.doctype() != null && !document.doctype().isBlank()) {
            throw new InvalidSpecException(
                    name,
                    "has a document type, whose entities can stand for anything",
                    "Remove it, or add the plugin yourself: the README shows it.");
        }
        String text = document.toXml();
        Charset charset = charset(name, text, document.encoding());
        byte[] encoded = text.getBytes(charset);
        byte[] mark = Arrays.copyOf(bytes, Math.max(0, bytes.length - encoded.length));
        if (MARKS.stream().noneMatch(known -> Arrays.equals(known, mark))
                || !Arrays.equals(bytes, join(mark, encoded))) {
            throw new InvalidSpecException(
                    name,
                    "is not text in its own encoding (" + charset + ")",
                    "Correct the encoding that its first line declares, or the letters that are not in it.");
        }
        return new PomText(mark, charset, text, document.root());
    }

    private static Document parse(String name, byte[] bytes) {
        try {
            return Document.of(new ByteArrayInputStream(bytes));
        } catch (DomTripException | IllegalArgumentException e) {
            throw new InvalidSpecException(
                    name, "can't be read as XML: " + e.getMessage(), "Correct it, then call init again.");
        }
    }

    /** Returns the charset that the parser has used, if the declared one exists. */
    private static Charset charset(String name, String text, String used) {
        Matcher declared = ENCODING.matcher(text);
        if (declared.find() && !isKnown(declared.group(1))) {
            throw new InvalidSpecException(
                    name, "has the encoding " + declared.group(1) + ", which is unknown here", "Save it in UTF-8.");
        }
        return Charset.forName(used);
    }

    private static boolean isKnown(String encoding) {
        try {
            return Charset.isSupported(encoding);
        } catch (IllegalCharsetNameException e) {
            return false;
        }
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    /** Returns the bytes of another text in this one's form. */
    byte[] encoded(String other) {
        return join(mark, other.getBytes(charset));
    }

    /** Returns the place of an element's start tag in the text. */
    int startOf(Element element) {
        Node parent = element.parent();
        if (parent instanceof Element outer) {
            return contentOf(outer)
                    + lengthBefore(outer, element)
                    + element.precedingWhitespace().length();
        }
        Document document = (Document) Objects.requireNonNull(parent);
        int rest = document.children()
                .dropWhile(child -> child != element)
                .mapToInt(child -> child.toXml().length())
                .sum();
        return text.length() - rest + element.precedingWhitespace().length();
    }

    /** Returns the place of an element's content, behind its start tag. */
    int contentOf(Element element) {
        return startOf(element) + element.originalOpenTag().length();
    }

    /** Returns the place behind a child's text. */
    int endOf(Node child, Element parent) {
        return contentOf(parent) + lengthBefore(parent, child) + child.toXml().length();
    }

    /** Returns the place behind the last child of an element. */
    int endOfChildren(Element parent) {
        Optional<Node> last = parent.lastChild();
        return last.map(child -> endOf(child, parent)).orElseGet(() -> contentOf(parent));
    }

    private static int lengthBefore(Element parent, Node child) {
        return parent.children()
                .takeWhile(sibling -> sibling != child)
                .mapToInt(sibling -> sibling.toXml().length())
                .sum();
    }

    /** Returns the child elements of a name, whatever their prefix. */
    static Stream<Element> children(Element parent, String localName) {
        return parent.childElements().filter(child -> child.localName().equals(localName));
    }
}
