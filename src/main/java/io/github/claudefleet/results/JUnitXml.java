package io.github.claudefleet.results;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.task.Outcome;
import io.github.claudefleet.task.TaskReport;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Formats the tasks of a queue as a test suite, in the format of Surefire's reports
 * (<a href="https://maven.apache.org/surefire/maven-surefire-plugin/xsd/surefire-test-report.xsd">schema</a>).
 */
final class JUnitXml {

    private static final int MOST_OUTPUT = 64 * 1024;
    private static final String PREFIX = "claude-fleet.";
    private static final String FILE_PREFIX = "TEST-" + PREFIX;

    private JUnitXml() {}

    static String fileName(AgentName queue) {
        return FILE_PREFIX + queue + ".xml";
    }

    static boolean isFileName(String name) {
        return name.startsWith(FILE_PREFIX) && name.endsWith(".xml");
    }

    /** @param mark beginning of the suite's name */
    static String of(String mark, AgentName queue, List<TaskReport> tasks) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            suite(xml, mark + PREFIX + queue, queue, tasks);
            xml.writeEndDocument();
            xml.close();
            return text + "\n";
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a text can always be written to", e);
        }
    }

    private static void suite(XMLStreamWriter xml, String name, AgentName queue, List<TaskReport> tasks)
            throws XMLStreamException {
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", name);
        xml.writeAttribute(
                "time", seconds(tasks.stream().map(task -> task.times().took()).reduce(Duration.ZERO, Duration::plus)));
        xml.writeAttribute("tests", String.valueOf(tasks.size()));
        xml.writeAttribute("errors", count(tasks, Kind.ERROR));
        xml.writeAttribute("skipped", count(tasks, Kind.SKIPPED));
        xml.writeAttribute("failures", count(tasks, Kind.FAILURE));
        xml.writeEmptyElement("properties");
        for (TaskReport task : tasks) {
            testCase(xml, name, queue, task);
        }
        xml.writeEndElement();
    }

    private static void testCase(XMLStreamWriter xml, String suite, AgentName queue, TaskReport task)
            throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("name", clean(task.task().part().orElse(queue.value())));
        xml.writeAttribute("classname", suite);
        xml.writeAttribute("time", seconds(task.times().took()));
        Kind kind = Kind.of(task.outcome());
        if (kind == Kind.SKIPPED) {
            xml.writeEmptyElement("skipped");
            xml.writeAttribute("message", clean(task.reason()));
        } else if (kind != Kind.NONE) {
            xml.writeStartElement(kind == Kind.ERROR ? "error" : "failure");
            xml.writeAttribute("message", clean(task.reason()));
            xml.writeAttribute("type", task.outcome().value());
            xml.writeCharacters(clean(task.reason()));
            xml.writeEndElement();
        }
        xml.writeStartElement("system-out");
        xml.writeCharacters(clean(output(task)));
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private static String output(TaskReport task) {
        String answer = task.answer().text().orElse("");
        return answer.length() <= MOST_OUTPUT ? answer : answer.substring(0, MOST_OUTPUT) + "\n… (more in answer.md)";
    }

    private static String count(List<TaskReport> tasks, Kind kind) {
        return String.valueOf(
                tasks.stream().filter(task -> Kind.of(task.outcome()) == kind).count());
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f", time.toMillis() / 1000.0);
    }

    /** Replaces characters that XML 1.0 does not allow. */
    private static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().map(point -> isXml(point) ? point : 0xFFFD).forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static boolean isXml(int point) {
        return point == '\t'
                || point == '\n'
                || point == '\r'
                || point >= 0x20 && point <= 0xD7FF
                || point >= 0xE000 && point <= 0xFFFD
                || point >= 0x10000;
    }

    /** Result of a test case. */
    private enum Kind {
        NONE,
        FAILURE,
        ERROR,
        SKIPPED;

        static Kind of(Outcome outcome) {
            return switch (outcome) {
                case DONE -> NONE;
                case FAILED,
                        CHECK_FAILED,
                        PROTECTED_FILE_CHANGED,
                        MERGE_CONFLICT,
                        NOT_CHECKED,
                        UNFINISHED,
                        OUT_OF_TURNS,
                        OVER_BUDGET,
                        TIMED_OUT,
                        HUNG -> FAILURE;
                case NOT_STARTED, NOT_CHOSEN -> SKIPPED;
                default -> ERROR;
            };
        }
    }
}
