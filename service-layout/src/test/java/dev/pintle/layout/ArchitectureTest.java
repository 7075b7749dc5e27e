package dev.pintle.layout;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Scanner;
import org.junit.jupiter.api.Test;

/** What this module may use: it is compiled natively too, where each of the others costs more than all of it. */
class ArchitectureTest {

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.pintle.layout");

    @Test
    void onlyJavaLangJavaUtilAndJspecifyAreUsed() {
        classes()
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "dev.pintle.layout..",
                        "java.lang",
                        "java.lang.annotation",
                        // of the compiler's making: string concatenation, lambdas, records; TeaVM replaces them
                        "java.lang.invoke",
                        "java.lang.runtime",
                        "java.util",
                        "java.util.function",
                        "org.jspecify.annotations"))
                .check(classes);
    }

    @Test
    void nothingIsFormattedOrDependsOnTheLocale() {
        noClasses()
                .should()
                .dependOnClassesThat(belongToAnyOf(Locale.class, Formatter.class, Scanner.class))
                .check(classes);
        for (String method : new String[] {
            "format",
            "formatted",
            "split",
            "matches",
            "replaceAll",
            "replaceFirst",
            "toLowerCase",
            "toUpperCase",
            "strip",
            "isBlank",
            "lines",
            "chars"
        }) {
            noClasses()
                    .should()
                    .callMethodWhere(target(name(method)).and(target(owner(equivalentTo(String.class)))))
                    .check(classes);
        }
    }

    /** In the native program its {@code get} walks through all entries, so that to compare two of them takes the square. */
    @Test
    void noMapIsWrapped() {
        noClasses()
                .should()
                .callMethod(Collections.class, "unmodifiableMap", Map.class)
                .check(classes);
    }

    /** Each of these brings the equals or the text of every class that stands in any list into the native binary. */
    @Test
    void noListIsSearchedOrComparedOrPrinted() {
        for (Class<?> type : List.of(Collection.class, List.class, ArrayList.class)) {
            for (String method : List.of("contains", "indexOf", "equals", "hashCode", "toString")) {
                noClasses()
                        .should()
                        .callMethodWhere(target(name(method)).and(target(owner(equivalentTo(type)))))
                        .check(classes);
            }
        }
        noClasses()
                .should()
                .callMethod(StringBuilder.class, "append", Object.class)
                .orShould()
                .callMethod(String.class, "valueOf", Object.class)
                .check(classes);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("dev.pintle.layout.(**)").should().beFreeOfCycles().check(classes);
        noClasses()
                .that(resideInAPackage("dev.pintle.layout"))
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.pintle.layout.text", "dev.pintle.layout.parse"))
                .check(classes);
        noClasses()
                .that(resideInAPackage("dev.pintle.layout.text"))
                .should()
                .dependOnClassesThat(resideInAPackage("dev.pintle.layout.parse"))
                .check(classes);
    }
}
