package io.github.claudefleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.claudefleet.spec.FleetSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Checks sizes: a file, method, goal or record that a reader must take in at once, and a class that knows many others. */
class BudgetsTest {

    private static final int LINES_OF_FILE = 350;
    private static final int LINES_OF_METHOD = 40;
    private static final int CODE_OF_GOAL = 60;
    private static final int CODE_OF_BASE_GOAL = 200;
    private static final int COMPONENTS_OF_RECORD = 12;
    private static final int OTHER_CLASSES = 25;

    private static final String ROOT = "io.github.claudefleet.";
    private static final String GOAL = "Mojo.java";
    private static final String BASE_GOAL = "Abstract";

    private static final List<Path> FILES = SourceFiles.below("src/main/java", ".java");

    /** Parsed sources. The budgets are of the source, because a class file has neither comments nor layout. */
    private static final List<ParsedFile> PARSED = new ArrayList<>();

    @BeforeAll
    static void parse() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(FILES));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                PARSED.add(new ParsedFile(unit, positions));
            }
        }
    }

    @Test
    void everySourceIsMeasured() {
        assertThat(PARSED).hasSameSizeAs(FILES).hasSizeGreaterThan(300);
        assertThat(codeOfGoals(true)).containsKeys("AbstractFleetMojo", "AbstractLoginMojo");
        assertThat(codeOfGoals(false)).containsKeys("StartMojo", "StopMojo").doesNotContainValue(0);
    }

    @Test
    void noFileHasMoreLinesThanItsBudget() {
        Map<String, Integer> lines = new TreeMap<>();
        FILES.forEach(file -> lines.put(
                SourceFiles.typeOf(file), (int) SourceFiles.read(file).lines().count()));

        assertThat(over(LINES_OF_FILE, lines)).as("files and their lines").isEmpty();
    }

    @Test
    void noMethodHasMoreLinesThanItsBudget() {
        Map<String, Integer> lines = new TreeMap<>();
        PARSED.forEach(file -> file.methods()
                .forEach(method -> lines.merge(file.type() + "." + method.getName(), file.linesOf(method), Math::max)));

        assertThat(over(LINES_OF_METHOD, lines)).as("methods and their lines").isEmpty();
    }

    @Test
    void noGoalHasMoreCodeThanItsBudget() {
        assertThat(over(CODE_OF_GOAL, codeOfGoals(false)))
                .as("goals and their lines of code")
                .isEmpty();
    }

    @Test
    void noBaseOfGoalsHasMoreCodeThanItsBudget() {
        assertThat(over(CODE_OF_BASE_GOAL, codeOfGoals(true)))
                .as("base goals and their lines of code")
                .isEmpty();
    }

    @Test
    void noRecordHasMoreComponentsThanItsBudget() {
        Map<String, Integer> components = new TreeMap<>();
        PARSED.forEach(file -> file.records()
                .forEach(one -> components.put(file.type() + "/" + one.getSimpleName(), ParsedFile.components(one))));

        assertThat(over(COMPONENTS_OF_RECORD, components))
                .as("records and their components")
                .isEmpty();
    }

    @Test
    void noClassNamesMoreOthersThanItsBudget() {
        JavaClasses classes = new ClassFileImporter()
                .importUrl(FleetSpec.class.getProtectionDomain().getCodeSource().getLocation());
        Map<String, Set<String>> named = new TreeMap<>();
        classes.forEach(origin ->
                named.computeIfAbsent(topLevel(origin), type -> new TreeSet<>()).addAll(othersIn(origin)));
        Map<String, Integer> sizes = new TreeMap<>();
        named.forEach((type, others) -> sizes.put(type.substring(ROOT.length()), others.size()));

        assertThat(over(OTHER_CLASSES, sizes))
                .as("classes and the number of others that they name")
                .isEmpty();
    }

    private static Map<String, Integer> over(int budget, Map<String, Integer> sizes) {
        return sizes.entrySet().stream()
                .filter(entry -> entry.getValue() > budget)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Math::max, TreeMap::new));
    }

    private static Map<String, Integer> codeOfGoals(boolean base) {
        return PARSED.stream()
                .filter(file -> file.name().endsWith(GOAL) && file.name().startsWith(BASE_GOAL) == base)
                .collect(Collectors.toMap(ParsedFile::type, ParsedFile::linesOfCode));
    }

    /** Returns the other classes that a class file names. A nested class counts as the one around it. */
    private static Set<String> othersIn(JavaClass origin) {
        return origin.getDirectDependenciesFromSelf().stream()
                .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                .filter(target -> target.getName().startsWith(ROOT))
                .map(BudgetsTest::topLevel)
                .filter(target -> !target.equals(topLevel(origin)))
                .collect(Collectors.toSet());
    }

    private static String topLevel(JavaClass any) {
        return any.getName().split("\\$")[0];
    }

    /** Source file with the places of its trees. */
    private record ParsedFile(CompilationUnitTree unit, SourcePositions positions) {

        String name() {
            return Path.of(unit.getSourceFile().getName()).getFileName().toString();
        }

        String type() {
            return name().replace(".java", "");
        }

        List<MethodTree> methods() {
            return all(MethodTree.class).stream()
                    .filter(method -> start(method) >= 0 && method.getBody() != null)
                    .toList();
        }

        List<ClassTree> records() {
            return all(ClassTree.class).stream()
                    .filter(type -> type.getKind() == Tree.Kind.RECORD)
                    .toList();
        }

        /** Counts a record's components, which the tree has among the members, as the fields that are not static. */
        static int components(ClassTree one) {
            return (int) one.getMembers().stream()
                    .filter(VariableTree.class::isInstance)
                    .map(member -> ((VariableTree) member).getModifiers().getFlags())
                    .filter(flags -> !flags.contains(Modifier.STATIC))
                    .count();
        }

        int linesOf(Tree tree) {
            return (int) (lineOf(end(tree)) - lineOf(start(tree)) + 1);
        }

        /** Counts the lines with code: not comments, blank lines, annotations, imports or the package. */
        int linesOfCode() {
            StringBuilder text = new StringBuilder(withoutComments(source()));
            List<Tree> ignored = new ArrayList<>(all(AnnotationTree.class));
            ignored.addAll(unit.getImports());
            ignored.add(unit.getPackage());
            ignored.forEach(tree -> blank(text, start(tree), end(tree)));
            return (int) text.toString().lines().filter(line -> !line.isBlank()).count();
        }

        private <T extends Tree> List<T> all(Class<T> kind) {
            List<T> found = new ArrayList<>();
            new TreeScanner<Void, Void>() {
                @Override
                public Void scan(Tree tree, Void nothing) {
                    if (kind.isInstance(tree)) {
                        found.add(kind.cast(tree));
                    }
                    return super.scan(tree, nothing);
                }
            }.scan(unit, null);
            return found;
        }

        private String source() {
            try {
                return unit.getSourceFile().getCharContent(true).toString();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private long lineOf(long position) {
            return unit.getLineMap().getLineNumber(position);
        }

        private long start(Tree tree) {
            return positions.getStartPosition(unit, tree);
        }

        private long end(Tree tree) {
            return positions.getEndPosition(unit, tree);
        }
    }

    /** Replaces comments by blanks. Strings are skipped, so that an address in one doesn't begin a comment. */
    private static String withoutComments(String source) {
        StringBuilder text = new StringBuilder(source);
        int at = 0;
        while (at < source.length()) {
            int end = at + 1;
            if (source.startsWith("/*", at)) {
                end = source.indexOf("*/", at) + 2;
                blank(text, at, end);
            } else if (source.startsWith("//", at)) {
                end = source.indexOf('\n', at);
                blank(text, at, end);
            } else if (source.startsWith("\"\"\"", at)) {
                end = source.indexOf("\"\"\"", at + 3) + 3;
            } else if (source.charAt(at) == '"' || source.charAt(at) == '\'') {
                end = endOfLiteral(source, at);
            }
            at = end;
        }
        return text.toString();
    }

    private static int endOfLiteral(String source, int start) {
        int at = start + 1;
        while (source.charAt(at) != source.charAt(start)) {
            at += source.charAt(at) == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    private static void blank(StringBuilder text, long start, long end) {
        IntStream.range((int) start, (int) end)
                .filter(at -> text.charAt(at) != '\n')
                .forEach(at -> text.setCharAt(at, ' '));
    }
}
