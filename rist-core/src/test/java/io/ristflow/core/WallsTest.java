package io.ristflow.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Who may import whom: the walls of docs/architecture.md. */
class WallsTest {
    private static final String CORE = "io.ristflow.core.";
    private static final JavaClasses CLASSES = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.ristflow.core");

    private static DynamicTest wall(String room, String... mayImport) {
        return DynamicTest.dynamicTest(room + " imports " + String.join(" ", mayImport), () -> {
            String[] allowed = Stream.concat(Stream.of(room), Arrays.stream(mayImport)).map(r -> CORE + r + "..").toArray(String[]::new);
            DescribedPredicate<JavaClass> foreign = JavaClass.Predicates.resideInAPackage("io.ristflow..").and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(allowed)));
            noClasses().that().resideInAPackage(CORE + room + "..").should().dependOnClassesThat(foreign).check(CLASSES);
        });
    }

    @TestFactory
    Stream<DynamicTest> aRoomImportsOnlyWhatItsRowAllows() {
        return Stream.of(
                wall("base"), wall("config"), wall("api", "config"),
                wall("packet", "base"), wall("codec", "base"), wall("crypto", "base"),
                wall("flow", "packet", "base"),
                wall("bond", "packet", "base"),
                wall("adapt", "packet", "base"),
                wall("profile", "codec", "crypto", "packet", "base"),
                wall("auth", "codec", "crypto", "base"),
                wall("session", "profile", "auth", "flow", "bond", "adapt", "codec", "crypto", "packet", "base", "api", "config"));
    }

    @Test
    void roomsHaveNoCircle() {
        SlicesRuleDefinition.slices().matching("io.ristflow.core.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void coreKnowsNoSocketFileThreadOrLogger() {
        classes().should().onlyDependOnClassesThat().resideInAnyPackage(
                "io.ristflow.core..", "java.lang..", "java.math", "java.nio", "java.nio.charset", "java.util", "java.util.function", "java.util.random", "java.util.stream",
                "java.security..", "javax.crypto..", "org.bouncycastle..", "net.jpountz.lz4..").check(CLASSES);
        noClasses().should().dependOnClassesThat().belongToAnyOf(Thread.class, ThreadLocal.class, System.Logger.class).check(CLASSES);
    }

    @Test
    void coreCallsNoClockAndDrawsNoRandomnessOfItsOwn() {
        Set<String> clocks = Set.of("nanoTime", "currentTimeMillis", "now", "systemUTC");
        DescribedPredicate<JavaCall<?>> clock = DescribedPredicate.describe("a clock or a random source of its own", call -> {
            String owner = call.getTargetOwner().getName();
            boolean time = clocks.contains(call.getName()) && (owner.equals("java.lang.System") || owner.startsWith("java.time."));
            boolean random = owner.equals("java.security.SecureRandom") || owner.equals("java.util.Random") || owner.equals("java.util.SplittableRandom") || owner.equals("java.lang.Math") && call.getName().equals("random");
            return time || random;
        });
        noClasses().should().callMethodWhere(DescribedPredicate.describe(clock.getDescription(), clock::test)).check(CLASSES);
    }
}
