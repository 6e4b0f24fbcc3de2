package io.eventloop.autoconfigure;

import io.eventloop.supervision.SupervisedProcess;
import io.eventloop.supervision.SupervisedProcesses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What an application is told that injects a service that there is not.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class MissingServiceTests {

	private static final String DATABASE = "--eventloop.services.database.exec=sleep,60";

	private static final String CACHE = "--eventloop.services.cache.exec=sleep,60";

	@Test
	void oneThatIsNotConfigured(CapturedOutput output) {
		startAndFail(ByParameter.class);
		assertThat(output).contains(
				"There is no bean of type 'SupervisedProcess' for 'pylsp', as that is no service in 'eventloop.services', which has none.")
			.contains("Define 'eventloop.services.pylsp.exec'.");
	}

	@Test
	void oneThatHasAnotherNameThanAllOfSeveral(CapturedOutput output) {
		startAndFail(ByParameter.class, DATABASE, CACHE);
		assertThat(output).contains("for 'pylsp'", "which has [database, cache].")
			.contains("Define 'eventloop.services.pylsp.exec', or inject one of [database, cache].");
	}

	@Test
	void oneThatAQualifierNames(CapturedOutput output) {
		startAndFail(ByQualifier.class, DATABASE);
		assertThat(output).contains("for 'py-lsp'", "which has [database].");
	}

	@Test
	void oneThatAFieldNames(CapturedOutput output) {
		startAndFail(ByField.class);
		assertThat(output).contains("for 'pylsp'", "which has none.");
	}

	@Test
	void oneThatIsAnMcpServer(CapturedOutput output) {
		startAndFail(ByParameter.class, "--spring.ai.mcp.client.stdio.connections.pylsp.command=pylsp");
		assertThat(output)
			.contains("There is no bean of type 'SupervisedProcess' for 'pylsp', as MCP servers are no beans.")
			.contains("Inject 'SupervisedProcesses', and take the server with get(\"pylsp\").");
	}

	@Test
	void servicesOfALibraryThatIsSwitchedOff(CapturedOutput output) {
		startAndFail(ByParameter.class, "--eventloop.enabled=false");
		assertThat(output)
			.contains("There is no bean of type 'SupervisedProcess', as the property 'eventloop.enabled' is false.");
	}

	@Test
	void servicesWithoutTheirAutoConfiguration(CapturedOutput output) {
		startAndFail(All.class, "--spring.autoconfigure.exclude=" + SupervisedProcessAutoConfiguration.class.getName());
		assertThat(output).contains("There is no bean of type 'SupervisedProcesses'")
			.contains("Remove the exclusion of " + SupervisedProcessAutoConfiguration.class.getName());
	}

	private static void startAndFail(Class<?> needing, String... arguments) {
		assertThatException()
			.isThrownBy(() -> new SpringApplicationBuilder(Application.class, needing).web(WebApplicationType.NONE)
				.run(arguments));
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	static class ByParameter {

		@Bean
		String needing(SupervisedProcess pylsp) {
			return pylsp.name();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ByQualifier {

		@Bean
		String needing(@Qualifier("py-lsp") SupervisedProcess server) {
			return server.name();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ByField {

		@Autowired
		private SupervisedProcess pylsp;

		@Override
		public String toString() {
			return this.pylsp.name();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class All {

		@Bean
		String needing(SupervisedProcesses all) {
			return all.toString();
		}

	}

}
