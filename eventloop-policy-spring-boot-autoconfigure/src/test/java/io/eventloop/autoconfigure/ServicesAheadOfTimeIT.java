package io.eventloop.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import io.eventloop.posix.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplicationAotProcessor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Services of an application that was processed ahead of time, as {@code process-aot}
 * does it.
 */
@Timeout(120)
class ServicesAheadOfTimeIT {

	@TempDir(cleanup = CleanupMode.ALWAYS)
	private Path folder;

	@Test
	void servicesInYamlAreBeans() throws Exception {
		Path yaml = Files.writeString(this.folder.resolve("services.yml"), """
				eventloop:
				  services:
				    server:
				      exec: [sh, -c, "echo listening; exec sleep 60"]
				      ready: {line: listening}
				      stop: [SIGKILL]
				      depends-on: [database]
				      wait: true
				    database:
				      exec: [sleep, "60"]
				      stop: [SIGKILL]
				""");
		String location = "--spring.config.additional-location=" + yaml.toUri();
		Path classes = process(location);
		ChildJvm jvm = run(classes, location);
		assertThat(jvm.output())
			.contains("ahead of time: true, server is READY after [database]",
					"ahead of time: true, database is READY after []")
			.doesNotContain("Invocation of close method failed");
		assertThat(jvm.exitCode()).isZero();
		ChildJvm other = run(classes, location, "--eventloop.services.cache.exec=sleep,60");
		assertThat(other.output()).contains("APPLICATION FAILED TO START", "Invalid value 'cache'",
				"It was not there when the application was processed ahead of time.");
		assertThat(other.exitCode()).isOne();
	}

	private static ChildJvm run(Path classes, String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(ChildJvm.command(ServicesApplication.class,
				classes + ":" + ChildJvm.CLASS_PATH, "-Dspring.aot.enabled=true"));
		command.addAll(List.of(arguments));
		return ChildJvm.run(command);
	}

	/**
	 * Generate the sources, in a JVM of its own, and compile them.
	 * @return the folder of classes and resources
	 */
	private Path process(String location) throws IOException, InterruptedException {
		Path sources = this.folder.resolve("sources");
		Path classes = this.folder.resolve("classes");
		List<String> processing = new ArrayList<>(
				ChildJvm.command(SpringApplicationAotProcessor.class, ChildJvm.CLASS_PATH));
		processing.addAll(List.of(ServicesApplication.class.getName(), sources.toString(), classes.toString(),
				classes.toString(), "io.eventloop", "services", location));
		ChildJvm processed = ChildJvm.run(processing);
		assertThat(processed.exitCode()).as(processed.output()).isZero();
		List<String> compiling = new ArrayList<>(
				List.of("-nowarn", "-proc:none", "-d", classes.toString(), "-cp", classes + ":" + ChildJvm.CLASS_PATH));
		try (Stream<Path> files = Files.walk(sources)) {
			files.map(Path::toString).filter((name) -> name.endsWith(".java")).forEach(compiling::add);
		}
		assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, compiling.toArray(String[]::new)))
			.isZero();
		return classes;
	}

}
