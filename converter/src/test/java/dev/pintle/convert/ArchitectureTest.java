package dev.pintle.convert;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.pintle.convert");

    @Test
    void packagesFormNoCycle() {
        slices().matching("dev.pintle.convert.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void onePackageKnowsEachLibrary() {
        onlyFrom("dev.pintle.convert.parse.supervisord.ini", "org.ini4j..");
        onlyFrom("dev.pintle.convert.emit", "freemarker..");
        onlyFrom("dev.pintle.convert.emit", "com.github.difflib..");
        onlyFrom("dev.pintle.convert.command", "picocli..");
    }

    private static void onlyFrom(String user, String library) {
        noClasses()
                .that()
                .resideOutsideOfPackage(user)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
    }

    @Test
    void phasesDependOnTheOnesBeforeThemOnly() {
        notFrom("read", "parse", "lower", "check", "emit", "move", "command");
        notFrom("parse", "lower", "check", "emit", "command");
        notFrom("lower", "check", "emit", "command");
        notFrom("check", "emit", "command");
        notFrom("emit", "move", "command");
        notFrom("move", "parse", "check", "emit", "command");
        notFrom("dockerfile", "shell", "parse", "lower", "check", "emit", "move", "command");
        notFrom("shell", "dockerfile", "parse", "lower", "check", "emit", "move", "command");
    }

    private static void notFrom(String phase, String... later) {
        for (String other : later) {
            noClasses()
                    .that()
                    .resideInAPackage("dev.pintle.convert." + phase + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.pintle.convert." + other + "..")
                    .allowEmptyShould(true)
                    .check(CLASSES);
        }
    }

    @Test
    void loweringIsPure() {
        noClasses()
                .that()
                .resideInAPackage("dev.pintle.convert.lower..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io..", "java.nio.file..")
                .allowEmptyShould(true)
                .check(CLASSES);
    }
}
