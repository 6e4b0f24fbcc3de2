package io.eventloop.build;

import java.util.List;
import java.util.stream.IntStream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.jspecify.annotations.NullMarked;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * The floors of the house: a package knows only those below its own.
 */
@AnalyzeClasses(packages = "io.eventloop", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	/** From the ground up. */
	private static final List<String> FLOORS = List.of("io.eventloop", "io.eventloop.memory", "io.eventloop.posix",
			"io.eventloop.selector", "io.eventloop.pipe", "io.eventloop.subprocess", "io.eventloop.loop",
			"io.eventloop.watcher", "io.eventloop.policy", "io.eventloop.containment", "io.eventloop.client",
			"io.eventloop.message", "io.eventloop.client.test", "io.eventloop.supervision", "io.eventloop.mcp",
			"io.eventloop.netty", "io.eventloop.metrics", "io.eventloop.autoconfigure..");

	@ArchTest
	static final ArchRule everyPackageIsAFloor = classes().should().resideInAnyPackage(FLOORS.toArray(String[]::new));

	@ArchTest
	static final ArchRule aPackageKnowsOnlyTheFloorsBelow = CompositeArchRule
		.of(IntStream.range(0, FLOORS.size() - 1).mapToObj(ArchitectureTests::knowsNothingAbove).toList());

	@ArchTest
	static final ArchRule packagesFormNoCycle = slices().assignedFrom(new PackageSlices()).should().beFreeOfCycles();

	@ArchTest
	static final ArchRule onlyTheTopFloorKnowsSpring = noClasses().that()
		.resideOutsideOfPackage("io.eventloop.autoconfigure..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework..");

	@ArchTest
	static final ArchRule onlyTheTopTwoFloorsKnowMicrometer = noClasses().that()
		.resideOutsideOfPackages("io.eventloop.metrics", "io.eventloop.autoconfigure..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("io.micrometer..");

	@ArchTest
	static final ArchRule onlyTheMcpPackageKnowsTheProtocol = noClasses().that()
		.resideOutsideOfPackages("io.eventloop.mcp", "io.eventloop.autoconfigure..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.modelcontextprotocol..", "reactor..");

	@ArchTest
	static final ArchRule onlyTheNettyPackageKnowsNetty = noClasses().that()
		.resideOutsideOfPackages("io.eventloop.netty", "io.eventloop.autoconfigure..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.netty..", "reactor.netty..");

	@ArchTest
	static final ArchRule onlyTheTestPackageKnowsJUnit = noClasses().that()
		.resideOutsideOfPackage("io.eventloop.client.test")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.junit..");

	@ArchTest
	static final ArchRule nothingKnowsTheTestPackage = noClasses().that()
		.resideOutsideOfPackage("io.eventloop.client.test")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("io.eventloop.client.test");

	@ArchTest
	static final ArchRule onlyPosixKnowsNativeCode = noClasses().that()
		.resideOutsideOfPackage("io.eventloop.posix")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("com.kenai.jffi..", "java.lang.foreign..", "sun..");

	@ArchTest
	static final ArchRule twoClassesKnowJffi = noClasses().that()
		.haveNameNotMatching("io\\.eventloop\\.posix\\.Jffi(Access|Library)(\\$.*)?")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("com.kenai.jffi..");

	@ArchTest
	static final ArchRule everyPackageIsNullMarked = classes().should(resideInANullMarkedPackage());

	@ArchTest
	static final ArchRule textIsNotChangedInTheLocaleOfTheMachine = noClasses().should()
		.callMethod(String.class, "toLowerCase")
		.orShould()
		.callMethod(String.class, "toUpperCase");

	private static ArchRule knowsNothingAbove(int floor) {
		return noClasses().that()
			.resideInAPackage(FLOORS.get(floor))
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(FLOORS.subList(floor + 1, FLOORS.size()).toArray(String[]::new));
	}

	private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
		return new ArchCondition<>("reside in a package whose package-info is @NullMarked") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
				events.add(new SimpleConditionEvent(type, marked, type.getPackageName() + " of " + type.getName()));
			}

		};
	}

	private static final class PackageSlices implements SliceAssignment {

		@Override
		public SliceIdentifier getIdentifierOf(JavaClass type) {
			return type.getPackageName().startsWith("io.eventloop") ? SliceIdentifier.of(type.getPackageName())
					: SliceIdentifier.ignore();
		}

		@Override
		public String getDescription() {
			return "packages";
		}

	}

}
