package org.motleysim.examples;

import static com.tngtech.archunit.lang.conditions.ArchConditions.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;

/** What must stay true of the shape of the code, whoever changes it. */
@AnalyzeClasses(packages = "org.motleysim", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule MODULES_DEPEND_ONE_WAY = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("core")
            .definedBy("org.motleysim.core..")
            .layer("hardware")
            .definedBy("org.motleysim.hardware..")
            .layer("workloads")
            .definedBy("org.motleysim.workloads..")
            .layer("examples")
            .definedBy("org.motleysim.examples..")
            .whereLayer("core")
            .mayNotAccessAnyLayer()
            .whereLayer("hardware")
            .mayOnlyAccessLayers("core")
            .whereLayer("workloads")
            .mayOnlyAccessLayers("core", "hardware");

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("org.motleysim.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule STATICS_ARE_FINAL =
            fields().that().areStatic().should().beFinal();

    @ArchTest
    static final ArchRule STATICS_ARE_IMMUTABLE = fields().that()
            .areStatic()
            .should(not(haveTypeAmong(Set.of(
                    "java.util.ArrayList",
                    "java.util.HashMap",
                    "java.util.LinkedHashMap",
                    "java.util.HashSet",
                    "java.util.LinkedHashSet",
                    "java.util.TreeMap",
                    "java.util.concurrent.ConcurrentHashMap",
                    "java.util.concurrent.atomic.AtomicLong",
                    "java.util.concurrent.atomic.AtomicInteger",
                    "java.util.concurrent.atomic.AtomicReference",
                    "java.lang.StringBuilder"))));

    @ArchTest
    static final ArchRule NO_CLASS_EXTENDS_A_PROJECT_CLASS = classes().should(extendNoProjectClass());

    @ArchTest
    static final ArchRule NO_ROOM_WITHOUT_AN_IDEA = noClasses()
            .should()
            .resideInAnyPackage("..util..", "..utils..", "..common..", "..impl..", "..manager..", "..helper..");

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS = noClasses()
            .should()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameStartingWith("Abstract")
            .orShould()
            .haveSimpleNameStartingWith("Base");

    /** The libraries behind the API may change their versions without breaking a user. */
    @ArchTest
    static final ArchRule LIBRARIES_STAY_BEHIND_OUR_TYPES = methods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat(canBeNamedByUsers())
            .and()
            .areDeclaredInClassesThat()
            .resideOutsideOfPackage("org.motleysim.examples..")
            .should(mentionNo("com.fasterxml.", "org.apache.commons.", "org.HdrHistogram", "org.jgrapht."));

    /** Math's transcendental functions may differ in the last bit from one JVM to the next; StrictMath's do not. */
    @ArchTest
    static final ArchRule ARITHMETIC_IS_THE_SAME_ON_EVERY_JVM = noClasses()
            .that()
            .resideInAnyPackage("org.motleysim.core..", "org.motleysim.hardware..", "org.motleysim.workloads..")
            .should()
            .callMethodWhere(DescribedPredicate.describe(
                    "a function of Math whose last bit is not specified",
                    call -> call.getTargetOwner().getFullName().equals("java.lang.Math")
                            && Set.of(
                                            "exp", "log", "log10", "log1p", "expm1", "pow", "sin", "cos", "tan", "tanh",
                                            "cbrt")
                                    .contains(call.getTarget().getName())));

    @ArchTest
    static final ArchRule NO_WALL_CLOCK_IN_THE_MODEL = noClasses()
            .that()
            .resideInAnyPackage("org.motleysim.core..", "org.motleysim.hardware..", "org.motleysim.workloads..")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(java.time.LocalDateTime.class, "now")
            .orShould()
            .callMethod(Math.class, "random");

    /** A class nested in an interface is public on paper, but out of reach when the interface is. */
    private static DescribedPredicate<JavaClass> canBeNamedByUsers() {
        return DescribedPredicate.describe("can be named by users", checked -> {
            boolean named = checked.getModifiers().contains(JavaModifier.PUBLIC);
            return named
                    && checked.getEnclosingClass()
                            .map(around -> around.getModifiers().contains(JavaModifier.PUBLIC))
                            .orElse(true);
        });
    }

    private static ArchCondition<JavaField> haveTypeAmong(Set<String> names) {
        return new ArchCondition<>("have a mutable type") {
            @Override
            public void check(JavaField field, ConditionEvents events) {
                boolean among = names.contains(field.getRawType().getName());
                events.add(new SimpleConditionEvent(field, among, field.getFullName() + " " + field.getRawType()));
            }
        };
    }

    private static ArchCondition<JavaClass> extendNoProjectClass() {
        return new ArchCondition<>("extend no class of the project") {
            @Override
            public void check(JavaClass checked, ConditionEvents events) {
                checked.getRawSuperclass().ifPresent(parent -> {
                    // The bodies of enum constants are subclasses in bytecode only.
                    boolean ours = parent.getPackageName().startsWith("org.motleysim") && !parent.isEnum();
                    events.add(new SimpleConditionEvent(
                            checked, !ours, checked.getName() + " extends " + parent.getName()));
                });
            }
        };
    }

    private static ArchCondition<JavaMethod> mentionNo(String... prefixes) {
        return new ArchCondition<>("mention no type of a library") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                if (method.getModifiers().contains(JavaModifier.SYNTHETIC)) {
                    return;
                }
                for (JavaType type : method.getParameterTypes()) {
                    report(method, type, events);
                }
                report(method, method.getReturnType(), events);
            }

            private void report(JavaMethod method, JavaType type, ConditionEvents events) {
                for (JavaClass raw : type.getAllInvolvedRawTypes()) {
                    for (String prefix : prefixes) {
                        if (raw.getName().startsWith(prefix)) {
                            events.add(SimpleConditionEvent.violated(
                                    method, method.getFullName() + " mentions " + raw.getName()));
                        }
                    }
                }
            }
        };
    }
}
