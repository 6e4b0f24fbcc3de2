package io.eventloop.autoconfigure;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.DisplayName;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;

import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.metaAnnotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rules that Spring Boot sets for its own auto-configurations.
 */
@DisplayName("N61 nothing is scanned, auto-configurations are final and have no public members")
@AnalyzeClasses(packages = "io.eventloop", importOptions = ImportOption.DoNotIncludeTests.class)
class AutoConfigurationArchitectureTests {

	@ArchTest
	static final ArchRule autoConfigurationsArePublicFinalAndNamedForWhatTheyAre = classes().that()
		.areAnnotatedWith(AutoConfiguration.class)
		.should()
		.bePublic()
		.andShould()
		.haveModifier(JavaModifier.FINAL)
		.andShould()
		.haveSimpleNameEndingWith("AutoConfiguration");

	@ArchTest
	static final ArchRule otherConfigurationsArePackagePrivate = classes().that(configurations())
		.and()
		.areNotAnnotatedWith(AutoConfiguration.class)
		.should()
		.notBePublic();

	@ArchTest
	static final ArchRule configurationMethodsAreNotPublic = methods().that()
		.areDeclaredInClassesThat(configurations())
		.and(DescribedPredicate.not(overridesAMethod()))
		.should()
		.notBePublic();

	@ArchTest
	static final ArchRule configurationConstructorsAreNotPublic = constructors().that()
		.areDeclaredInClassesThat(configurations())
		.and(DescribedPredicate.describe("have parameters", (constructor) -> !constructor.getParameters().isEmpty()))
		.should()
		.notBePublic();

	@ArchTest
	static final ArchRule classConditionsAreOnClasses = noMethods().that()
		.areAnnotatedWith(Bean.class)
		.should()
		.beAnnotatedWith(ConditionalOnClass.class);

	@ArchTest
	static final ArchRule conditionsAreNotPublic = classes().that()
		.areAssignableTo(SpringBootCondition.class)
		.should()
		.notBePublic();

	@ArchTest
	static final ArchRule nothingIsScanned = noClasses().should()
		.beAnnotatedWith(ComponentScan.class)
		.orShould()
		.beAnnotatedWith(Component.class);

	@ArchTest
	static void autoConfigurationsAreListed(JavaClasses classes) {
		List<String> listed = ImportCandidates.load(AutoConfiguration.class, null)
			.getCandidates()
			.stream()
			.filter((name) -> name.startsWith("io.eventloop."))
			.toList();
		assertThat(listed).isSorted().doesNotHaveDuplicates();
		assertThat(autoConfigurations(classes)).extracting(JavaClass::getName)
			.containsExactlyInAnyOrderElementsOf(listed);
	}

	@ArchTest
	static void namesOfOtherAutoConfigurationsExist(JavaClasses classes) {
		List<String> names = autoConfigurations(classes).stream()
			.map((type) -> type.getAnnotationOfType(AutoConfiguration.class))
			.flatMap((order) -> Stream.of(order.beforeName(), order.afterName()))
			.flatMap(Arrays::stream)
			// Spring AI is not on this class path, but on that of
			// integration-tests/spring-ai
			.filter((name) -> !name.startsWith("org.springframework.ai."))
			.toList();
		assertThat(names).allMatch((name) -> ClassUtils.isPresent(name, null), "is on the class path");
	}

	private static List<JavaClass> autoConfigurations(JavaClasses classes) {
		return classes.stream().filter((type) -> type.isAnnotatedWith(AutoConfiguration.class)).toList();
	}

	private static DescribedPredicate<JavaClass> configurations() {
		return annotatedWith(Configuration.class).or(metaAnnotatedWith(Configuration.class)).forSubtype();
	}

	private static DescribedPredicate<JavaMethod> overridesAMethod() {
		return DescribedPredicate.describe("override a method",
				(method) -> Stream
					.concat(method.getOwner().getAllRawSuperclasses().stream(),
							method.getOwner().getAllRawInterfaces().stream())
					.anyMatch((type) -> type
						.tryGetMethod(method.getName(),
								method.getRawParameterTypes().stream().map(JavaClass::getName).toArray(String[]::new))
						.isPresent()));
	}

}
