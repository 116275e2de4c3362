package io.ristflow.operator;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

/** Who may import whom in the keeper. */
class WallsTest {
    private static final JavaClasses CLASSES = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.ristflow.operator");

    @Test
    void roomsImportDownwardsOnly() {
        Architectures.layeredArchitecture().consideringOnlyDependenciesInLayers().withOptionalLayers(true)
                .layer("door").definedBy("io.ristflow.operator")
                .layer("reconcile").definedBy("io.ristflow.operator.reconcile..")
                .layer("dependent").definedBy("io.ristflow.operator.dependent..")
                .layer("status").definedBy("io.ristflow.operator.status..")
                .layer("pods").definedBy("io.ristflow.operator.pods..")
                .layer("render").definedBy("io.ristflow.operator.render..")
                .layer("ports").definedBy("io.ristflow.operator.ports..")
                .layer("validate").definedBy("io.ristflow.operator.validate..")
                .layer("naming").definedBy("io.ristflow.operator.naming..")
                .layer("config").definedBy("io.ristflow.operator.config..")
                .whereLayer("door").mayNotBeAccessedByAnyLayer()
                .whereLayer("reconcile").mayOnlyBeAccessedByLayers("door")
                .whereLayer("dependent").mayOnlyBeAccessedByLayers("reconcile", "door")
                .whereLayer("status").mayOnlyBeAccessedByLayers("dependent", "reconcile", "door")
                .whereLayer("pods").mayOnlyBeAccessedByLayers("status", "dependent", "reconcile", "door")
                .whereLayer("render").mayOnlyBeAccessedByLayers("pods", "status", "dependent", "reconcile", "door")
                .whereLayer("ports").mayOnlyBeAccessedByLayers("render", "pods", "status", "dependent", "reconcile", "door")
                .whereLayer("validate").mayOnlyBeAccessedByLayers("status", "dependent", "reconcile", "door")
                .whereLayer("naming").mayOnlyBeAccessedByLayers("ports", "render", "pods", "status", "dependent", "reconcile", "door")
                .check(CLASSES);
    }

    @Test
    void roomsHaveNoCircle() {
        SlicesRuleDefinition.slices().matching("io.ristflow.operator.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theResourceAndTheSettingsKnowNothingOfOurs() {
        for (String room : new String[] {"crd", "config"}) {
            noClasses().that().resideInAPackage("io.ristflow.operator." + room + "..")
                    .should().dependOnClassesThat(resideInAPackage("io.ristflow..").and(not(resideInAPackage("io.ristflow.operator." + room + "..")))).allowEmptyShould(true).check(CLASSES);
        }
    }

    @Test
    void theRulesKnowTheResourceAlone() {
        noClasses().that().resideInAPackage("io.ristflow.operator.validate..")
                .should().dependOnClassesThat(resideInAPackage("io.ristflow..").and(not(resideInAnyPackage("io.ristflow.operator.validate..", "io.ristflow.operator.crd..")))).check(CLASSES);
    }

    /** What a flow turns into is decided without a cluster: the same spec gives the same pod. */
    @Test
    void whatIsPureCallsNoClientAndNoClock() {
        noClasses().that().resideInAnyPackage("io.ristflow.operator.validate..", "io.ristflow.operator.render..", "io.ristflow.operator.naming..")
                .should().dependOnClassesThat().haveFullyQualifiedName("io.fabric8.kubernetes.client.KubernetesClient")
                .orShould().callMethod(System.class, "nanoTime").orShould().callMethod(System.class, "currentTimeMillis").orShould().callMethod(java.time.Instant.class, "now").check(CLASSES);
    }

    @Test
    void keeperAndHostNeverImportEachOther() {
        classes().that().resideInAPackage("io.ristflow.operator..").should().onlyDependOnClassesThat().resideOutsideOfPackages("io.ristflow.service..", "io.ristflow.core..").check(CLASSES);
    }
}
