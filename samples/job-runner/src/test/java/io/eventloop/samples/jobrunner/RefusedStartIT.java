package io.eventloop.samples.jobrunner;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.stream.Stream;

import org.flywaydb.core.api.exception.FlywayValidateException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Configurations that would lose or repeat jobs.
 */
@Timeout(120)
class RefusedStartIT {

	@TempDir
	Path directory;

	private ConfigurableApplicationContext start(String... options) {
		return SpringApplication.run(JobRunnerApplication.class,
				Stream.concat(Stream.of("--server.port=0", "--jobs.directory=" + this.directory), Stream.of(options))
					.toArray(String[]::new));
	}

	@Test
	void aSecondInstanceOnTheDirectoryAndThenOneAfterIt() {
		try (ConfigurableApplicationContext first = start()) {
			assertThat(first.isRunning()).isTrue();
			assertThatThrownBy(this::start).hasRootCauseInstanceOf(RefusedStartException.class)
				.rootCause()
				.hasMessageContaining("Another instance uses the database in");
		}
		start().close();
	}

	@Test
	void aClusterWithoutADatabase() {
		assertThatThrownBy(() -> start("--spring.profiles.active=cluster")).rootCause()
			.hasMessageContaining("needs a database that all instances reach");
	}

	@Test
	void clocksThatDiffer() {
		assertThatThrownBy(() -> start("--jobs.clock-margin=-1h")).rootCause()
			.hasMessageContaining("The clocks of this machine and of the database differ by");
	}

	@Test
	void tablesOfALaterVersion() throws Exception {
		start().close();
		try (Connection connection = DriverManager
			.getConnection("jdbc:h2:file:" + this.directory.toRealPath().resolve("jobs"), "sa", "");
				Statement statement = connection.createStatement()) {
			statement.executeUpdate("""
					insert into "flyway_schema_history" select 9, '9', 'later', "type", 'V9__later.sql', "checksum",
					"installed_by", "installed_on", "execution_time", "success" from "flyway_schema_history"
					where "version" = '1'""");
		}
		assertThatThrownBy(this::start).rootCause()
			.isInstanceOfSatisfying(FlywayValidateException.class,
					(failure) -> assertThat(new SchemaAnalyzer().analyze(failure).getDescription())
						.startsWith("The database has the tables of another version of this service"));
	}

}
