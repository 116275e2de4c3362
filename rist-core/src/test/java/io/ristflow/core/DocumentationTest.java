package io.ristflow.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents say of the code, held against the code. */
class DocumentationTest {
    private static final Path ROOT = root();
    private static final Set<String> NOT_OURS = Set.of("target", ".git", ".cache", ".cifuzz-corpus", "node_modules");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s#]*)(#[^)\\s]*)?\\)");
    private static final Pattern FENCE = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
    /** {@code codec.rtp.RtpHeader}, {@code ReportsTest.senderReport…}, {@code Lane.CONTROL}; at least one small letter, so that bare constants are not meant. */
    private static final Pattern NAME = Pattern.compile("((?:[a-z]\\w*\\.)*)([A-Z]\\w*[a-z]\\w*)(?:\\.([A-Za-z]\\w*))?(…?)");
    /** {@code .delay…}: another method of the class named before. */
    private static final Pattern FURTHER_METHOD = Pattern.compile("\\.([a-z]\\w*)(…?)");

    private static final List<Path> SOURCES = files(p -> p.toString().endsWith(".java"));
    /** The reasons of faults are names, too. */
    private static final String FAULTS = read(ROOT.resolve("rist-core/src/main/java/io/ristflow/core/api/Fault.java"));

    @Test
    void everyRelativeLinkLeadsToAFile() {
        List<String> broken = new ArrayList<>();
        for (Path document : files(p -> p.toString().endsWith(".md"))) {
            for (String target : all(LINK, FENCE.matcher(read(document)).replaceAll(""), 1)) {
                if (target.isEmpty() || target.matches("[a-z]+:.*")) continue;
                if (!Files.exists(document.resolveSibling(target))) broken.add(ROOT.relativize(document) + " -> " + target);
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void everyClassAndMethodNamedInTheDocumentsExists() {
        List<String> unknown = new ArrayList<>();
        for (String document : List.of("docs/architecture.md", "docs/spec-map.md", "docs/contract.md", "docs/interop.md", "CONTRIBUTING.md")) {
            for (String line : FENCE.matcher(read(ROOT.resolve(document))).replaceAll("").split("\n")) unknown.addAll(unknownNames(document, line));
        }
        assertThat(unknown).isEmpty();
    }

    @Test
    void everyDecisionNamesClassesThatExist() {
        List<String> unknown = new ArrayList<>();
        for (Path decision : files(p -> p.getParent().endsWith("docs/adr"))) {
            for (String line : read(decision).split("\n")) unknown.addAll(unknownNames(ROOT.relativize(decision).toString(), line));
        }
        assertThat(unknown).isEmpty();
    }

    @Test
    void theImportTableOfCoreIsThatOfItsWalls() {
        Map<String, Set<String>> enforced = new TreeMap<>();
        String walls = read(ROOT.resolve("rist-core/src/test/java/io/ristflow/core/WallsTest.java"));
        for (String arguments : all(Pattern.compile("\\bwall\\((\"[^)]*)\\)"), walls, 1)) {
            List<String> rooms = all(Pattern.compile("\"(\\w+)\""), arguments, 1);
            enforced.put(rooms.getFirst(), new TreeSet<>(rooms.subList(1, rooms.size())));
        }
        assertThat(enforced).isNotEmpty();
        assertThat(table("## Who may import whom: rist-core")).isEqualTo(enforced);
    }

    @Test
    void theImportTableOfTheServiceIsThatOfItsWalls() {
        Map<String, Set<String>> enforced = new TreeMap<>();
        String walls = read(ROOT.resolve("rist-service/src/test/java/io/ristflow/service/WallsTest.java"));
        Pattern rule = Pattern.compile("whereLayer\\(\"(\\w+)\"\\)\\.may(?:NotBeAccessedByAnyLayer\\(|OnlyBeAccessedByLayers\\(([^)]*))\\)");
        rule.matcher(walls).results().forEach(m -> enforced.put(m.group(1), new TreeSet<>(all(Pattern.compile("\"(\\w+)\""), m.group(2) == null ? "" : m.group(2), 1))));
        assertThat(enforced).isNotEmpty();
        assertThat(table("## Who may import whom: rist-service")).isEqualTo(enforced);
    }

    @Test
    void theContractQuotesTheExampleThatRuns() {
        String example = read(ROOT.resolve("rist-core/src/test/java/io/ristflow/core/ContractExampleTest.java"));
        String quoted = example.substring(example.indexOf("    // example\n") + "    // example\n".length(), example.indexOf("    // end\n"));
        assertThat(read(ROOT.resolve("docs/contract.md"))).contains("```java\n" + quoted.stripTrailing().stripIndent() + "\n```");
    }

    @Test
    void everyDepartureMarkedInTheCodeIsListed() {
        String listed = read(ROOT.resolve("docs/interop.md"));
        List<String> marked = SOURCES.stream().filter(p -> p.toString().contains("/src/main/") && read(p).contains("DEVIATION(")).map(DocumentationTest::simpleName).sorted().toList();
        assertThat(marked).isNotEmpty().allSatisfy(name -> assertThat(listed).contains("`" + name + "`"));
    }

    // ---- reading -------------------------------------------------------------------------------------------------------------------

    private static List<String> unknownNames(String document, String line) {
        List<String> unknown = new ArrayList<>();
        String lastClass = null;
        for (String code : all(CODE, line, 1)) {
            var name = NAME.matcher(code);
            var further = FURTHER_METHOD.matcher(code);
            if (name.matches()) {
                lastClass = name.group(2);
                if (!exists(name.group(1), lastClass, name.group(3), !name.group(4).isEmpty())) unknown.add(document + ": " + code);
            } else if (lastClass != null && further.matches()) {
                if (!exists("", lastClass, further.group(1), !further.group(2).isEmpty())) unknown.add(document + ": " + lastClass + code);
            }
        }
        return unknown;
    }

    private static boolean exists(String room, String className, String member, boolean memberIsPrefix) {
        if (FAULTS.contains("\"" + className + "\"")) return true;
        String tail = "/" + room.replace('.', '/') + className + ".java";
        Predicate<Path> declares = p -> member == null || Pattern.compile("\\b" + member + (memberIsPrefix ? "\\w*" : "") + "\\s*[({=,;})]").matcher(read(p)).find();
        // What others made (Netty, the JDK) is known if some source imports it.
        Pattern imported = Pattern.compile("(?m)^import (?!io\\.ristflow)[\\w.]+\\." + className + ";");
        return SOURCES.stream().filter(p -> p.toString().endsWith(tail)).anyMatch(declares) || member == null && SOURCES.stream().anyMatch(p -> imported.matcher(read(p)).find());
    }

    /** Rows of the first table under a heading of docs/architecture.md: the room of the first column, the rooms of the second. */
    private static Map<String, Set<String>> table(String heading) {
        String text = read(ROOT.resolve("docs/architecture.md"));
        String section = text.substring(text.indexOf(heading + "\n") + heading.length());
        int next = section.indexOf("\n## ");
        Map<String, Set<String>> rows = new TreeMap<>();
        for (String line : (next < 0 ? section : section.substring(0, next)).split("\n")) {
            if (!line.startsWith("| `")) continue;
            String[] cells = line.split("\\|");
            rows.put(all(CODE, cells[1], 1).getFirst(), new TreeSet<>(all(CODE, cells[2], 1)));
        }
        return rows;
    }

    private static List<String> all(Pattern pattern, String text, int group) {
        return pattern.matcher(text).results().map((MatchResult m) -> m.group(group)).collect(Collectors.toList());
    }

    private static String simpleName(Path source) {
        return source.getFileName().toString().replace(".java", "");
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Predicate<Path> wanted) {
        List<Path> found = new ArrayList<>();
        collect(ROOT, wanted, found);
        return found;
    }

    private static void collect(Path folder, Predicate<Path> wanted, List<Path> found) {
        try (Stream<Path> children = Files.list(folder)) {
            for (Path child : children.sorted().toList()) {
                if (Files.isDirectory(child)) {
                    if (!NOT_OURS.contains(child.getFileName().toString())) collect(child, wanted, found);
                } else if (wanted.test(child)) {
                    found.add(child);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tests run in their module's folder, the documents lie above. */
    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("rist-core"))) {
            folder = folder.getParent();
            if (folder == null) throw new IllegalStateException("no folder above " + Path.of("").toAbsolutePath() + " holds rist-core");
        }
        return folder;
    }
}
