package io.ristflow.operator.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The images' runtime has the modules of the JDK that the programs' classes name; a new library that needs one more is found here rather than in a pod. */
class ImageModulesTest {
    /** Named by a library for a use that the programs do not make of it: annotation processing, in vertx-codegen. */
    private static final Set<String> LEFT_OUT = Set.of("jdk.compiler");

    @ParameterizedTest
    @ValueSource(strings = {"service", "operator"})
    void theRuntimeHasTheModulesThatTheProgramNames(String program) throws IOException {
        Path app = root().resolve("rist-" + program + "/target/quarkus-app");
        Map<String, Set<String>> named = new TreeMap<>();
        Map<String, String> moduleOfPackage = moduleOfPackage();
        try (Stream<Path> files = Files.walk(app)) {
            for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).toList()) scan(jar, moduleOfPackage, named);
        }
        assertThat(named.keySet()).as("modules that the classes under " + app + " name").contains("java.base", "java.logging").containsAll(LEFT_OUT);

        named.keySet().removeAll(listed());
        named.keySet().removeAll(LEFT_OUT);
        assertThat(named).as("modules that the program names (and the jars that do) but src-native/modules lacks").isEmpty();
    }

    private static void scan(Path file, Map<String, String> moduleOfPackage, Map<String, Set<String>> named) throws IOException {
        try (JarFile jar = new JarFile(file.toFile(), false, JarFile.OPEN_READ, Runtime.version())) {
            for (JarEntry entry : (Iterable<JarEntry>) jar.versionedStream()::iterator) {
                if (!entry.getName().endsWith(".class") || entry.getName().equals("module-info.class")) continue;
                try (InputStream in = jar.getInputStream(entry)) {
                    for (PoolEntry constant : ClassFile.of().parse(in.readAllBytes()).constantPool()) {
                        String module = constant instanceof ClassEntry type ? moduleOfPackage.get(packageOf(type.asInternalName())) : null;
                        if (module != null) named.computeIfAbsent(module, key -> new TreeSet<>()).add(file.getFileName().toString());
                    }
                }
            }
        }
    }

    /** @param name of a class or an array of them, such as java/util/List or [Ljava/util/List; */
    private static String packageOf(String name) {
        String type = name.replaceFirst("^\\[+L", "");
        return type.substring(0, Math.max(0, type.lastIndexOf('/')));
    }

    /** Of all packages of this JDK's modules, by their internal names. */
    private static Map<String, String> moduleOfPackage() {
        Map<String, String> modules = new HashMap<>();
        ModuleFinder.ofSystem().findAll().forEach(reference -> {
            ModuleDescriptor module = reference.descriptor();
            module.packages().forEach(name -> modules.put(name.replace('.', '/'), module.name()));
        });
        return modules;
    }

    private static List<String> listed() throws IOException {
        try (Stream<String> lines = Files.lines(root().resolve("src-native/modules"))) {
            return lines.filter(line -> !line.startsWith("#")).collect(Collectors.toList());
        }
    }

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Files.isDirectory(here.resolve("src-native")) ? here : here.getParent();
    }
}
