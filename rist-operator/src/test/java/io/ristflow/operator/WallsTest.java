package io.ristflow.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

/** Who may import whom in the operator: the rooms of its package-info. */
class WallsTest {
    private static final JavaClasses CLASSES = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.ristflow.operator");

    @Test
    void roomsImportDownwardsOnly() {
        Architectures.layeredArchitecture().consideringOnlyDependenciesInLayers()
                .layer("door").definedBy("io.ristflow.operator")
                .layer("reconcile").definedBy("io.ristflow.operator.reconcile..")
                .layer("dependent").definedBy("io.ristflow.operator.dependent..")
                .layer("render").definedBy("io.ristflow.operator.render..")
                .layer("status").definedBy("io.ristflow.operator.status..")
                .layer("ports").definedBy("io.ristflow.operator.ports..")
                .layer("pods").definedBy("io.ristflow.operator.pods..")
                .layer("validate").definedBy("io.ristflow.operator.validate..")
                .layer("naming").definedBy("io.ristflow.operator.naming..")
                .layer("text").definedBy("io.ristflow.operator.text..")
                .layer("config").definedBy("io.ristflow.operator.config..")
                .layer("crd").definedBy("io.ristflow.operator.crd..")
                .whereLayer("text").mayNotAccessAnyLayer()
                .whereLayer("door").mayNotBeAccessedByAnyLayer()
                .whereLayer("reconcile").mayOnlyBeAccessedByLayers("door")
                .whereLayer("dependent").mayOnlyBeAccessedByLayers("reconcile", "door")
                .whereLayer("render").mayOnlyBeAccessedByLayers("dependent", "reconcile", "door")
                .whereLayer("status").mayOnlyBeAccessedByLayers("reconcile", "door")
                .whereLayer("ports").mayOnlyBeAccessedByLayers("render", "dependent", "reconcile", "door")
                .whereLayer("pods").mayOnlyBeAccessedByLayers("status", "reconcile", "door")
                .whereLayer("validate").mayOnlyBeAccessedByLayers("reconcile", "door")
                .whereLayer("config").mayOnlyBeAccessedByLayers("status", "pods", "ports", "render", "dependent", "reconcile", "door")
                .check(CLASSES);
    }

    @Test
    void roomsHaveNoCircle() {
        SlicesRuleDefinition.slices().matching("io.ristflow.operator.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theResourceImportsNothingOfOurs() {
        noClasses().that().resideInAPackage("io.ristflow.operator.crd..").should().dependOnClassesThat()
                .resideInAnyPackage("io.ristflow.operator", "io.ristflow.operator.reconcile..", "io.ristflow.operator.dependent..", "io.ristflow.operator.render..", "io.ristflow.operator.status..",
                        "io.ristflow.operator.ports..", "io.ristflow.operator.pods..", "io.ristflow.operator.validate..", "io.ristflow.operator.naming..", "io.ristflow.operator.config..", "io.ristflow.operator.text..").check(CLASSES);
    }

    @Test
    void portsAndDocumentsKnowNoApiServer() {
        noClasses().that().resideInAnyPackage("io.ristflow.operator.ports..", "io.ristflow.operator.render..", "io.ristflow.operator.naming..", "io.ristflow.operator.validate..")
                .should().dependOnClassesThat().resideInAnyPackage("io.fabric8.kubernetes.client.dsl..", "io.javaoperatorsdk..").check(CLASSES);
    }

    @Test
    void operatorAndServiceShareTheSchemaAlone() {
        noClasses().should().dependOnClassesThat().resideInAnyPackage("io.ristflow.service..", "io.ristflow.core..").check(CLASSES);
    }
}
