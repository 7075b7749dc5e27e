package dev.pintle.init;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What each package may use. */
class ArchitectureTest {
    private static final String ROOT = "dev.pintle.init";

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void packagesFormNoCycle() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(classes);
    }

    @Test
    void theCoreIsPure() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".core")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        ROOT + ".core",
                        ROOT + ".sys",
                        "dev.pintle.layout",
                        "dev.pintle.layout.text",
                        "java.lang",
                        "java.util",
                        "org.jspecify..",
                        "java.lang.invoke",
                        "java.lang.runtime")
                .check(classes);
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".core")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(ROOT + ".sys.Sys")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .check(classes);
    }

    @Test
    void lowerPackagesDoNotKnowHigherOnes() {
        String[] layers = {"core", "launch", "loop", "control", "boot", "program", "log", "helper", "compat", "tool"};
        for (int i = 0; i < layers.length; i++) {
            onlyHigher(layers[i], Arrays.copyOfRange(layers, i + 1, layers.length));
        }
    }

    private void onlyHigher(String lower, String... higher) {
        for (String name : higher) {
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + "." + lower + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(ROOT + "." + name + "..")
                    .check(classes);
        }
    }

    @Test
    void onlyTheAdaptersSeeTheirKernels() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".sys.teavm")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.teavm..")
                .check(classes);
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".sys.jnr")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jnr..")
                .check(classes);
    }

    /** Each of these costs the binary more than the whole supervisor. */
    @Test
    void whatIsCompiledNativelyKeepsOutOfTheLargeParts() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".sys.jnr")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.util.regex",
                        "java.util.stream",
                        "java.text",
                        "java.time..",
                        "java.nio..",
                        "java.io",
                        "java.lang.reflect",
                        "java.util.concurrent..")
                .check(classes);
        noClasses()
                .should()
                .callMethod(String.class, "format", String.class, Object[].class)
                .orShould()
                .callMethod(String.class, "split", String.class)
                .orShould()
                .callMethod(String.class, "strip")
                .orShould()
                .callMethod(Collections.class, "unmodifiableMap", Map.class)
                .check(classes);
    }
}
