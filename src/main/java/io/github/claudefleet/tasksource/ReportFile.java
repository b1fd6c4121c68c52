package io.github.claudefleet.tasksource;

import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.OneLine;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.maven.plugin.surefire.log.api.NullConsoleLogger;
import org.apache.maven.plugins.surefire.report.ReportTestCase;
import org.apache.maven.plugins.surefire.report.ReportTestSuite;
import org.apache.maven.plugins.surefire.report.TestSuiteXmlParser;
import org.xml.sax.SAXException;

/** Reads one report of Surefire or Failsafe. */
final class ReportFile {

    private static final Set<String> ROOTS = Set.of("testsuite", "testsuites");
    private static final int LONGEST_REASON = 120;
    private static final Pattern IN_PACKAGE = Pattern.compile("\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*"
            + "(?:\\.\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*)+");

    private ReportFile() {}

    /**
     * Returns the failures in a report.
     *
     * @throws InvalidSpecException if the file is no report
     */
    static List<TestFailure> failures(Path file) {
        try {
            checkRoot(file);
            return suites(file).stream().flatMap(suite -> failures(suite, file)).toList();
        } catch (IOException e) {
            throw refusal(file, "can't be read: " + FileProblem.of(e, file));
        } catch (XMLStreamException | SAXException | ParserConfigurationException e) {
            throw refusal(file, "is no test report: " + OneLine.of(String.valueOf(e.getMessage()), LONGEST_REASON));
        }
    }

    private static List<ReportTestSuite> suites(Path file)
            throws IOException, SAXException, ParserConfigurationException {
        try (InputStreamReader text = open(file)) {
            return new TestSuiteXmlParser(new NullConsoleLogger()).parse(text);
        } catch (NullPointerException | IllegalStateException e) {
            // The parser expects elements in their usual order.
            throw new SAXException("its elements are not those of a report", e);
        }
    }

    private static InputStreamReader open(Path file) throws IOException {
        return new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8);
    }

    /**
     * Refuses a file with a document type, which a report never has: Surefire's parser would read the files that it
     * names. An agent can write reports where it works in the project's directory.
     */
    private static void checkRoot(Path file) throws IOException, XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        try (InputStreamReader text = open(file)) {
            XMLStreamReader reader = factory.createXMLStreamReader(text);
            int event = reader.next();
            while (event != XMLStreamConstants.START_ELEMENT && event != XMLStreamConstants.DTD) {
                event = reader.next();
            }
            if (event == XMLStreamConstants.DTD) {
                throw refusal(file, "is no test report: it has a document type");
            }
            if (!ROOTS.contains(reader.getLocalName())) {
                throw refusal(file, "is no test report: its root is <" + reader.getLocalName() + ">");
            }
        }
    }

    private static Stream<TestFailure> failures(ReportTestSuite suite, Path file) {
        return suite.getTestCases().stream()
                .filter(test -> test.hasFailure() || test.hasError())
                .map(test -> new TestFailure(
                        type(test, suite, file),
                        text(test.getName()),
                        text(test.getFailureMessage()),
                        text(test.getFailureDetail())));
    }

    /** Returns the class of a test. Reports may have display names instead, or nested classes without their package. */
    private static String type(ReportTestCase test, ReportTestSuite suite, Path file) {
        List<String> names = Stream.of(test.getFullClassName(), suite.getFullClassName(), classOf(file))
                .filter(Objects::nonNull)
                .toList();
        return names.stream()
                .filter(name -> IN_PACKAGE.matcher(name).matches())
                .findFirst()
                .orElse(names.get(0));
    }

    private static String classOf(Path file) {
        String name = file.getFileName().toString();
        return name.substring("TEST-".length(), name.length() - ".xml".length());
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    private static InvalidSpecException refusal(Path file, String problem) {
        return new InvalidSpecException(
                "agent.tasksFrom.surefire",
                "needs " + file + ", which " + problem,
                "Run the tests again, or remove the file.");
    }
}
