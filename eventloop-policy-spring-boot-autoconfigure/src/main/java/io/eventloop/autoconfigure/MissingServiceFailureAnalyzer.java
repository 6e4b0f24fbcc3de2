package io.eventloop.autoconfigure;

import java.lang.reflect.AnnotatedElement;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.MethodParameter;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Tells which services there are, where one is injected that there is not, or one of
 * several is and it is not said which.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class MissingServiceFailureAnalyzer extends AbstractFailureAnalyzer<NoSuchBeanDefinitionException> {

	private static final String TYPE = "io.eventloop.supervision.SupervisedProcess";

	private final @Nullable Environment environment;

	MissingServiceFailureAnalyzer(@Nullable Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause) {
		ResolvableType type = cause.getResolvableType();
		if (type == null || !type.toClass().getName().equals(TYPE) || this.environment == null) {
			return null;
		}
		List<String> services = ConfiguredServices.of(this.environment).names();
		String wanted = wanted(rootFailure);
		if (wanted == null || services.contains(wanted)) {
			return null;
		}
		if (isMcpServer(wanted, this.environment)) {
			return new FailureAnalysis(
					"There is no bean of type 'SupervisedProcess' for '%s', as MCP servers are no beans."
						.formatted(wanted),
					"Inject 'SupervisedProcesses', and take the server with get(\"%s\").".formatted(wanted), cause);
		}
		String known = services.isEmpty() ? "which has none" : "which has " + services;
		String other = services.isEmpty() ? "" : ", or inject one of %s".formatted(services);
		return new FailureAnalysis(
				"There is no bean of type 'SupervisedProcess' for '%s', as that is no service in 'eventloop.services', %s."
					.formatted(wanted, known),
				"Define 'eventloop.services.%s.exec'%s.".formatted(wanted, other), cause);
	}

	private static boolean isMcpServer(String name, Environment environment) {
		return Binder.get(environment)
			.bind("spring.ai.mcp.client.stdio.connections", Bindable.mapOf(String.class, Object.class))
			.map((connections) -> connections.containsKey(name))
			.orElse(false);
	}

	/**
	 * Return the name that the place has which is injected into.
	 */
	private @Nullable String wanted(Throwable rootFailure) {
		UnsatisfiedDependencyException failure = findCause(rootFailure, UnsatisfiedDependencyException.class);
		InjectionPoint place = innermost(failure);
		if (place == null) {
			return null;
		}
		MethodParameter parameter = place.getMethodParameter();
		AnnotatedElement element = (parameter != null) ? parameter.getParameter() : place.getAnnotatedElement();
		Qualifier qualifier = AnnotatedElementUtils.getMergedAnnotation(element, Qualifier.class);
		if (qualifier != null && StringUtils.hasText(qualifier.value())) {
			return qualifier.value();
		}
		return (parameter != null) ? parameter.getParameter().getName() : place.getMember().getName();
	}

	/**
	 * Return the place of the failure that is the cause of all others.
	 */
	private static @Nullable InjectionPoint innermost(@Nullable UnsatisfiedDependencyException failure) {
		InjectionPoint place = null;
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof UnsatisfiedDependencyException unsatisfied) {
				place = unsatisfied.getInjectionPoint();
			}
		}
		return place;
	}

}
