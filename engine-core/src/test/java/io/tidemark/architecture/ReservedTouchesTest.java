package io.tidemark.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What only one room may touch, and what none may. */
@AnalyzeClasses(packages = "io.tidemark", importOptions = DoNotIncludeTests.class)
final class ReservedTouchesTest {

    @ArchTest
    static final ArchRule only_the_ring_sees_jctools = noClasses()
            .that()
            .resideOutsideOfPackage("io.tidemark.ring")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.jctools..")
            .allowEmptyShould(true);

    /** The other families of JCTools stand on sun.misc.Unsafe, which newer JDKs warn of and will deny. */
    @ArchTest
    static final ArchRule the_ring_takes_var_handle_queues_only = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("org.jctools..")
                    .and(DescribedPredicate.not(resideInAPackage("org.jctools.queues.varhandle..")))
                    .and(DescribedPredicate.not(nameMatching("org\\.jctools\\.queues\\.MessagePassingQueue(\\$.*)?"))));

    @ArchTest
    static final ArchRule nobody_reaches_into_the_jdk =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("sun..", "jdk.internal..", "com.sun..");

    @ArchTest
    static final ArchRule only_metrics_and_the_percentile_aggregator_see_histograms = noClasses()
            .that(DescribedPredicate.not(resideInAPackage("io.tidemark.metrics")
                    .or(nameMatching("io\\.tidemark\\.aggregate\\.\\w*Percentile.*"))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.HdrHistogram..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule only_time_reads_the_clocks_of_the_system = noClasses()
            .that()
            .resideOutsideOfPackage("io.tidemark.time")
            .should()
            .accessTargetWhere(new ReadsASystemClock())
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nobody_writes_to_the_console = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule nobody_uses_java_util_logging = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    /** A call or a method reference; every static {@code now} of java.time and {@code java.time.Clock} are covered. */
    private static final class ReadsASystemClock extends DescribedPredicate<JavaAccess<?>> {

        ReadsASystemClock() {
            super("the target reads a clock of the system");
        }

        @Override
        public boolean test(JavaAccess<?> access) {
            JavaClass owner = access.getTargetOwner();
            String name = access.getTarget().getName();
            if (owner.isEquivalentTo(System.class)) {
                return name.equals("nanoTime") || name.equals("currentTimeMillis");
            }
            if (owner.isEquivalentTo(java.util.Date.class)) {
                return access.getTarget().getFullName().endsWith("<init>()");
            }
            if (owner.isEquivalentTo(java.time.Clock.class)) {
                return name.startsWith("system") || name.startsWith("tick");
            }
            return owner.getPackageName().startsWith("java.time") && name.equals("now");
        }
    }
}
