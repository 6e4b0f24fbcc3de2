package io.eventloop.autoconfigure;

import io.eventloop.supervision.SupervisedProcess;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.Assert;
import org.jspecify.annotations.Nullable;

/**
 * Registers one bean for each name in {@code eventloop.services}.
 */
final class SupervisedProcessRegistrar implements ImportBeanDefinitionRegistrar, EnvironmentAware {

	private @Nullable Environment environment;

	@Override
	public void setEnvironment(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
		Environment used = this.environment;
		Assert.state(used != null, "'environment' must not be null");
		for (String name : ConfiguredServices.of(used).names()) {
			if (registry.containsBeanDefinition(name)) {
				throw new ServiceNameTakenException(name, registry.getBeanDefinition(name).getResourceDescription());
			}
			RootBeanDefinition definition = new RootBeanDefinition(SupervisedProcess.class);
			definition.setFactoryBeanName(SupervisedProcessAutoConfiguration.FACTORY);
			definition.setFactoryMethodName("create");
			definition.getConstructorArgumentValues().addIndexedArgumentValue(0, name);
			registry.registerBeanDefinition(name, definition);
		}
	}

}
