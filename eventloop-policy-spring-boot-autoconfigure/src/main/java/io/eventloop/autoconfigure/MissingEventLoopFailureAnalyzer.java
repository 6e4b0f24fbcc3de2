package io.eventloop.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.eventloop.EventLoop;
import io.eventloop.EventLoopPolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Tells why there is no bean of a type that the auto-configuration would have made.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class MissingEventLoopFailureAnalyzer extends AbstractFailureAnalyzer<NoSuchBeanDefinitionException> {

	private static final Set<String> TYPES = Set.of("io.eventloop.EventLoop", "io.eventloop.EventLoopPolicy",
			"io.eventloop.ChildWatcher");

	private static final String AUTO_CONFIGURATION = "io.eventloop.autoconfigure.EventLoopAutoConfiguration";

	private static final String SERVICES_AUTO_CONFIGURATION = "io.eventloop.autoconfigure.SupervisedProcessAutoConfiguration";

	/**
	 * What needs a loop, and the auto-configuration that makes it.
	 */
	private static final Map<String, String> TYPES_ON_LOOP = Map.of("io.eventloop.client.SubprocessClient",
			"io.eventloop.autoconfigure.SubprocessClientAutoConfiguration",
			"io.eventloop.supervision.SupervisedProcess", SERVICES_AUTO_CONFIGURATION,
			"io.eventloop.supervision.SupervisedProcesses", SERVICES_AUTO_CONFIGURATION);

	private final @Nullable BeanFactory beanFactory;

	private final @Nullable Environment environment;

	MissingEventLoopFailureAnalyzer(@Nullable BeanFactory beanFactory, @Nullable Environment environment) {
		this.beanFactory = beanFactory;
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause) {
		ResolvableType type = cause.getResolvableType();
		if (type == null || cause instanceof NoUniqueBeanDefinitionException) {
			return null;
		}
		String onLoop = TYPES_ON_LOOP.get(type.toClass().getName());
		if (onLoop == null && !TYPES.contains(type.toClass().getName())) {
			return null;
		}
		String name = type.toClass().getSimpleName();
		if (isSwitchedOff()) {
			return analysis(name, "the property 'eventloop.enabled' is false",
					"Remove 'eventloop.enabled', or define a bean of this type", cause);
		}
		if (isExcluded(AUTO_CONFIGURATION)) {
			return excluded(name, AUTO_CONFIGURATION, cause);
		}
		if (isAmbiguous(EventLoopPolicy.class)) {
			return ambiguous(name, "EventLoopPolicy", cause);
		}
		if (onLoop != null) {
			if (isAmbiguous(EventLoop.class)) {
				return ambiguous(name, "EventLoop", cause);
			}
			if (isExcluded(onLoop)) {
				return excluded(name, onLoop, cause);
			}
		}
		return null;
	}

	private static FailureAnalysis excluded(String type, String autoConfiguration,
			NoSuchBeanDefinitionException cause) {
		return analysis(type, "the auto-configuration that would have made it is excluded",
				"Remove the exclusion of " + autoConfiguration + ", or define a bean of this type", cause);
	}

	private static FailureAnalysis ambiguous(String type, String needed, NoSuchBeanDefinitionException cause) {
		return analysis(type, "there are several %s beans and none of them is primary".formatted(needed),
				"Mark one of the %s beans as @Primary".formatted(needed), cause);
	}

	private static FailureAnalysis analysis(String type, String reason, String action,
			NoSuchBeanDefinitionException cause) {
		return new FailureAnalysis("There is no bean of type '%s', as %s.".formatted(type, reason), action + ".",
				cause);
	}

	private boolean isSwitchedOff() {
		return this.environment != null && !this.environment.getProperty("eventloop.enabled", Boolean.class, true);
	}

	/**
	 * The conditions report is gone once the startup has failed, bean definitions are
	 * not.
	 */
	private boolean isExcluded(String autoConfiguration) {
		return this.beanFactory instanceof ConfigurableListableBeanFactory factory
				&& !factory.containsBeanDefinition(autoConfiguration);
	}

	private boolean isAmbiguous(Class<?> type) {
		if (this.beanFactory instanceof ConfigurableListableBeanFactory factory) {
			List<String> beans = List.of(factory.getBeanNamesForType(type, true, false));
			return beans.size() > 1
					&& beans.stream().noneMatch((name) -> factory.getMergedBeanDefinition(name).isPrimary());
		}
		return false;
	}

}
