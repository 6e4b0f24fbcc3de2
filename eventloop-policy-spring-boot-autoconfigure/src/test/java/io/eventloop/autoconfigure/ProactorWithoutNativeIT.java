package io.eventloop.autoconfigure;

import java.io.File;
import java.lang.ProcessBuilder.Redirect;
import java.util.Arrays;
import java.util.stream.Collectors;

import io.eventloop.EventLoop;
import io.eventloop.SubprocessSpec;
import io.eventloop.posix.ChildJvm;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application in whose JVM no native code can be called.
 */
@Timeout(120)
class ProactorWithoutNativeIT {

	@Test
	@DisplayName("S238 with the proactor policy an application starts and runs a child without any native code")
	void proactorNeedsNoNativeCode() throws Exception {
		ChildJvm jvm = run("-Deventloop.policy=proactor");
		assertThat(jvm.output()).contains("the child says: hello\n").contains("with child watcher 'none'");
		assertThat(jvm.exitCode()).isZero();
	}

	@Test
	@DisplayName("N10 N56 with the default policy it fails with what is missing, and names the alternative")
	void defaultPolicyFailsWithTheAlternative() throws Exception {
		ChildJvm jvm = run("-Deventloop.policy=default");
		assertThat(jvm.output()).contains("APPLICATION FAILED TO START")
			.contains("A class of jffi is missing on the class path (")
			.contains(
					"Add com.github.jnr:jffi, and its jar with the classifier native, or set eventloop.policy=proactor");
		assertThat(jvm.exitCode()).isEqualTo(1);
	}

	private static ChildJvm run(String option) throws Exception {
		return ChildJvm.run(ChildJvm.command(Application.class, classPathWithoutNative(),
				"-Deventloop.native-access=jffi", option));
	}

	private static String classPathWithoutNative() {
		String rest = Arrays.stream(ChildJvm.CLASS_PATH.split(File.pathSeparator))
			.filter((part) -> !part.contains("/jffi"))
			.collect(Collectors.joining(File.pathSeparator));
		assertThat(rest).isNotEqualTo(ChildJvm.CLASS_PATH);
		return rest;
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(EventLoopAutoConfiguration.class)
	static class Application {

		public static void main(String[] arguments) {
			try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
				.web(WebApplicationType.NONE)
				.run(arguments)) {
				String output = context.getBean(EventLoop.class)
					.subprocess(SubprocessSpec.exec("echo", "hello").stdout(Redirect.PIPE))
					.thenCompose((child) -> child.communicate())
					.join()
					.stdoutText();
				System.out.print("the child says: " + output);
			}
		}

	}

}
