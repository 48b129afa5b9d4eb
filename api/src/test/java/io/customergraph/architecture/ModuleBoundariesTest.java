package io.customergraph.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What may know what, over all modules. */
@AnalyzeClasses(
        packages = "io.customergraph",
        importOptions = {ImportOption.DoNotIncludeTests.class, NotTestJars.class})
class ModuleBoundariesTest {

    private static final DescribedPredicate<JavaClass> PURE_JAVA =
            resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    "io.customergraph.matching..",
                    "com.google.i18n..",
                    "com.ibm.icu..");

    /** A batch and a cluster engine run the same matching as the server. */
    @ArchTest
    static final ArchRule MATCHING_IS_PURE =
            classes()
                    .that()
                    .resideInAPackage("io.customergraph.matching..")
                    .and()
                    .resideOutsideOfPackage("io.customergraph.matching.dedupe..")
                    .should()
                    .onlyDependOnClassesThat(PURE_JAVA);

    /** The command reads files; what it is made of does not. */
    @ArchTest
    static final ArchRule MATCHING_KNOWS_NO_COMMAND =
            noClasses()
                    .that()
                    .resideInAPackage("io.customergraph.matching..")
                    .and()
                    .resideOutsideOfPackage("io.customergraph.matching.dedupe..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.customergraph.matching.dedupe..");

    @ArchTest
    static final ArchRule MIGRATIONS_STAND_ALONE =
            noClasses()
                    .that()
                    .resideInAPackage("io.customergraph.migrations..")
                    .should()
                    .dependOnClassesThat(
                            DescribedPredicate.not(
                                    resideInAnyPackage(
                                            "io.customergraph.migrations..",
                                            "java..",
                                            "javax.sql..",
                                            "org.flywaydb..",
                                            "org.jspecify..",
                                            "org.postgresql..",
                                            "picocli..")));

    /** The domain knows no web, no GraphQL and no Spring Boot. */
    @ArchTest
    static final ArchRule DOMAIN_KNOWS_NO_WEB =
            noClasses()
                    .that(new OfModule("domain"))
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage(
                                    "graphql..",
                                    "org.springframework.boot..",
                                    "org.springframework.graphql..",
                                    "org.springframework.http..",
                                    "org.springframework.security..",
                                    "org.springframework.web.."));

    @ArchTest
    static final ArchRule DOMAIN_KNOWS_NO_API =
            noClasses()
                    .that(new OfModule("domain"))
                    .should()
                    .dependOnClassesThat(new OfModule("api"));

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.customergraph.(**)").should().beFreeOfCycles();

    /** Configuration puts things together; what is put together does not know of it. */
    @ArchTest
    static final ArchRule NOTHING_KNOWS_CONFIGURATION =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.customergraph.config..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.customergraph.config..");

    /** Who keeps bodies elsewhere than in files is known in one package, and its client too. */
    @ArchTest
    static final ArchRule ONE_PACKAGE_KNOWS_THE_OBJECT_STORE =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.customergraph.bodies..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("software.amazon..", "io.customergraph.bodies..");

    /** A feature's fields read and write through the domain; SQL is there only. */
    @ArchTest
    static final ArchRule FIELDS_HOLD_NO_SQL =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "io.customergraph.(*).graphql..", "io.customergraph.graphql..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.r2dbc..", "org.springframework.r2dbc..", "io.customergraph.sql..");

    /** Only the operator's commands and the demo's set-up block: no event loop runs them. */
    @ArchTest
    static final ArchRule NO_JDBC_IN_REQUESTS =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "io.customergraph.migrations..",
                            "io.customergraph.config..",
                            "io.customergraph.demo..",
                            "io.customergraph.operator..")
                    .and()
                    .doNotHaveSimpleName("DemoKeys")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("java.sql..");

    /** Fields of things that many requests share are set once. */
    @ArchTest
    static final ArchRule RECORDS_OR_FINAL =
            classes()
                    .that()
                    .areTopLevelClasses()
                    .and()
                    .areNotInterfaces()
                    .and()
                    .areNotAnnotatedWith(
                            "org.springframework.boot.autoconfigure.SpringBootApplication")
                    .and()
                    .areNotAnnotatedWith("org.springframework.context.annotation.Configuration")
                    .and()
                    .doNotHaveSimpleName("package-info")
                    .should()
                    .haveModifier(JavaModifier.FINAL)
                    .orShould()
                    .haveModifier(JavaModifier.ABSTRACT);
}
