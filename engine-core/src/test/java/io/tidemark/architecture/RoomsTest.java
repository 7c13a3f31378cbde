package io.tidemark.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.jspecify.annotations.NullMarked;

/**
 * The rooms of the library and the one direction of their imports. A room that does not exist yet is no failure; a package
 * that is no room is one.
 */
@AnalyzeClasses(packages = "io.tidemark", importOptions = DoNotIncludeTests.class)
final class RoomsTest {

    /** Every room names all that it may import, directly or through another room; what it does not name it may not. */
    @ArchTest
    static final ArchRule rooms_import_in_one_direction = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("time")
            .definedBy("io.tidemark.time")
            .layer("watermark")
            .definedBy("io.tidemark.watermark")
            .layer("window")
            .definedBy("io.tidemark.window")
            .layer("aggregate")
            .definedBy("io.tidemark.aggregate")
            .layer("metrics")
            .definedBy("io.tidemark.metrics")
            .layer("ring")
            .definedBy("io.tidemark.ring")
            .layer("operator")
            .definedBy("io.tidemark.operator")
            .layer("front door")
            .definedBy("io.tidemark")
            .layer("testing")
            .definedBy("io.tidemark.testing")
            .whereLayer("time")
            .mayNotAccessAnyLayer()
            .whereLayer("watermark")
            .mayOnlyAccessLayers("time")
            .whereLayer("window")
            .mayOnlyAccessLayers("time")
            .whereLayer("aggregate")
            .mayOnlyAccessLayers("time")
            .whereLayer("metrics")
            .mayOnlyAccessLayers("time")
            .whereLayer("ring")
            .mayOnlyAccessLayers("time")
            .whereLayer("operator")
            .mayOnlyAccessLayers("time", "watermark", "window", "aggregate", "metrics")
            .whereLayer("front door")
            .mayOnlyAccessLayers("time", "watermark", "window", "aggregate", "metrics", "ring", "operator")
            .whereLayer("testing")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule every_class_lives_in_a_room = classes()
            .should()
            .resideInAnyPackage(
                    "io.tidemark",
                    "io.tidemark.time",
                    "io.tidemark.watermark",
                    "io.tidemark.window",
                    "io.tidemark.aggregate",
                    "io.tidemark.metrics",
                    "io.tidemark.ring",
                    "io.tidemark.operator",
                    "io.tidemark.testing");

    @ArchTest
    static final ArchRule packages_form_no_cycle =
            slices().assignedFrom(new ByPackage()).should().beFreeOfCycles().allowEmptyShould(true);

    @ArchTest
    static final ArchRule every_package_is_null_marked = classes().should(new LiveInANullMarkedPackage());

    /** One slice a package, the front door's included (the pattern syntax cannot name the root together with its rooms). */
    private static final class ByPackage implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            return SliceIdentifier.of(javaClass.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }

    private static final class LiveInANullMarkedPackage extends ArchCondition<JavaClass> {

        LiveInANullMarkedPackage() {
            super("live in a package with @NullMarked");
        }

        @Override
        public void check(JavaClass item, ConditionEvents events) {
            boolean marked = item.getPackage().isAnnotatedWith(NullMarked.class);
            events.add(new SimpleConditionEvent(
                    item, marked, item.getName() + (marked ? " is" : " is not") + " in a @NullMarked package"));
        }
    }
}
