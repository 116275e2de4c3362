package io.ristflow.service;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

/** Who may import whom in the host: the floors of docs/architecture.md. */
class WallsTest {
    private static final JavaClasses CLASSES = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.ristflow.service");

    @Test
    void floorsImportDownwardsOnly() {
        Architectures.layeredArchitecture().consideringOnlyDependenciesInLayers()
                .layer("door").definedBy("io.ristflow.service")
                .layer("bench").definedBy("io.ristflow.service.bench..")
                .layer("demo").definedBy("io.ristflow.service.demo..")
                .layer("admin").definedBy("io.ristflow.service.admin..")
                .layer("observe").definedBy("io.ristflow.service.observe..")
                .layer("runtime").definedBy("io.ristflow.service.runtime..")
                .layer("inputs").definedBy("io.ristflow.service.inputs..")
                .layer("media").definedBy("io.ristflow.service.media..")
                .layer("mpegts").definedBy("io.ristflow.service.mpegts..")
                .layer("net").definedBy("io.ristflow.service.net..")
                .layer("cli").definedBy("io.ristflow.service.cli..")
                .layer("config").definedBy("io.ristflow.service.config..")
                .whereLayer("door").mayNotBeAccessedByAnyLayer()
                .whereLayer("bench").mayOnlyBeAccessedByLayers("door")
                .whereLayer("demo").mayOnlyBeAccessedByLayers("bench", "door")
                .whereLayer("admin").mayOnlyBeAccessedByLayers("door")
                .whereLayer("observe").mayOnlyBeAccessedByLayers("admin", "demo", "bench", "door")
                .whereLayer("runtime").mayOnlyBeAccessedByLayers("observe", "admin", "demo", "bench", "door")
                .whereLayer("inputs").mayOnlyBeAccessedByLayers("runtime", "observe", "admin", "demo", "bench", "door")
                .whereLayer("media").mayOnlyBeAccessedByLayers("runtime", "observe", "admin", "demo", "bench", "door")
                .whereLayer("mpegts").mayOnlyBeAccessedByLayers("media", "inputs", "demo", "bench", "door")
                .whereLayer("cli").mayOnlyBeAccessedByLayers("demo", "bench", "door")
                .whereLayer("net").mayOnlyBeAccessedByLayers("media", "runtime", "observe", "admin", "demo", "bench", "door")
                .check(CLASSES);
    }

    @Test
    void roomsHaveNoCircle() {
        SlicesRuleDefinition.slices().matching("io.ristflow.service.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void onlyOneClassTouchesTheInsidesOfVertxAndNetty() {
        noClasses().that().doNotHaveSimpleName("VertxInternals").and().resideOutsideOfPackage("io.ristflow.service.net..")
                .should().dependOnClassesThat().resideInAnyPackage("io.vertx.core.impl..", "io.netty.channel..", "io.netty.buffer..", "io.netty.bootstrap..").check(CLASSES);
        noClasses().that().resideInAPackage("io.ristflow.service.net..").and().haveSimpleNameNotStartingWith("VertxInternals")
                .should().dependOnClassesThat().resideInAnyPackage("io.vertx.core.impl..").check(CLASSES);
    }

    @Test
    void commandLineAndTransportStreamsStandOnTheConfigurationAlone() {
        noClasses().that().resideInAnyPackage("io.ristflow.service.cli..", "io.ristflow.service.mpegts..")
                .should().dependOnClassesThat(resideInAPackage("io.ristflow.service..").and(not(resideInAnyPackage("io.ristflow.service.cli..", "io.ristflow.service.mpegts..", "io.ristflow.service.config..")))).check(CLASSES);
    }

    @Test
    void onlyTheRuntimeAndTheConfigurationKnowTheProtocol() {
        noClasses().that().resideInAnyPackage("io.ristflow.service.net..", "io.ristflow.service.media..", "io.ristflow.service.mpegts..", "io.ristflow.service.inputs..")
                .should().dependOnClassesThat().resideInAnyPackage("io.ristflow.core.api..", "io.ristflow.core.session..", "io.ristflow.core.profile..", "io.ristflow.core.codec..", "io.ristflow.core.flow..").check(CLASSES);
    }
}
