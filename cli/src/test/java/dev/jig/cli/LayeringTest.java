// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The walls of the house, as the design's table draws them: which module may know which. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LayeringTest {
    private static final String ROOT = "dev.jig.";

    /** What each module may know beside the JDK; the modules it gets through them are written out. */
    private static final Map<String, List<String>> KNOWN = Map.ofEntries(
            entry("bpf", List.of()),
            entry("datasource", List.of()),
            entry("gadget", List.of("datasource")),
            entry("image", List.of("gadget", "datasource")),
            entry("operators", List.of("gadget", "datasource", "bpf")),
            entry("inspect", List.of("bpf", "datasource", "gadget", "image", "operators")),
            entry("recording", List.of("bpf", "datasource", "gadget")),
            entry("runtime", List.of("bpf", "datasource", "gadget", "image", "inspect", "operators", "recording")),
            entry("wire", List.of()),
            entry("service", List.of("wire", "gadget", "datasource")),
            entry(
                    "cli",
                    List.of(
                            "bpf",
                            "datasource",
                            "gadget",
                            "image",
                            "inspect",
                            "operators",
                            "recording",
                            "runtime",
                            "wire",
                            "service")));

    private JavaClasses classes = new ClassFileImporter().importClasses();

    @BeforeAll
    void read() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                // Helpers of tests are no part of the product, though they lie where the product's classes do.
                .withImportOption(location -> !location.contains("/dev/jig/testing/"))
                .importPackages("dev.jig");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bpf",
                "datasource",
                "gadget",
                "image",
                "operators",
                "inspect",
                "recording",
                "runtime",
                "wire",
                "service",
                "cli"
            })
    void shouldSeeTheClassesOfEachModule(String module) {
        assertThat(classes.that(resideInAnyPackage(ROOT + module + ".."))).isNotEmpty();
    }

    @Test
    void shouldHaveARuleForEachModule() {
        assertThat(classes)
                .allSatisfy(type -> assertThat(KNOWN)
                        .as(type.getName())
                        .containsKey(type.getPackageName().split("\\.", -1)[2]));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bpf",
                "datasource",
                "gadget",
                "image",
                "operators",
                "inspect",
                "recording",
                "runtime",
                "wire",
                "service",
                "cli"
            })
    void shouldKnowOnlyTheModulesItMayKnow(String module) {
        List<String> known = KNOWN.getOrDefault(module, List.of());
        String[] strangers = KNOWN.keySet().stream()
                .filter(other -> !other.equals(module) && !known.contains(other))
                .map(other -> ROOT + other + "..")
                .toArray(String[]::new);

        if (strangers.length > 0) {
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + module + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(strangers)
                    .check(classes);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bpf", "datasource"})
    void shouldNeedNothingButTheJdk(String module) {
        classes()
                .that()
                .resideInAPackage(ROOT + module + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(ROOT + module + "..", "java..", "org.jspecify.annotations..")
                .check(classes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bpf", "operators", "inspect"})
    void shouldHaveNoCyclesBetweenPackages(String module) {
        slices().matching(ROOT + module + ".(*)..").should().beFreeOfCycles().check(classes);
    }

    @Test
    void shouldNotUseWhatIsSlowToStart() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.logging..", "org.slf4j..", "java.lang.reflect..")
                .check(classes);
    }

    @Test
    void shouldNotLetOperatorsKnowEachOther() {
        slices().matching(ROOT + "operators.(*)..")
                .should()
                .notDependOnEachOther()
                .check(classes);
    }
}
