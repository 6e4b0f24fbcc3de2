package io.eventloop.samples.jobrunner;

import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CatalogueTests {

	private final Catalogue catalogue = new Catalogue(new Binder(new MapConfigurationPropertySource(
			Map.of("jobs.commands.here.exec", "sort,-r", "jobs.commands.absolute.exec", "/bin/sh",
					"jobs.commands.missing.exec", "no-such-program-anywhere", "jobs.commands.directory.exec", "/tmp")))
		.bind("jobs", Bindable.of(JobsProperties.class))
		.get());

	@Test
	void offersOnlyWhatIsInstalled() {
		assertThat(this.catalogue.commands()).extracting(Command::name).containsExactlyInAnyOrder("here", "absolute");
	}

	@Test
	void knowsACommandByItsName() {
		assertThat(this.catalogue.get("here").exec()).containsExactly("sort", "-r");
	}

	@Test
	void namesTheCommandsThereAre() {
		assertThatExceptionOfType(JobProblem.class).isThrownBy(() -> this.catalogue.get("missing"))
			.satisfies(
					(problem) -> assertThat(problem.getBody().getDetail()).contains("'missing'", "here", "absolute"));
		assertThatExceptionOfType(JobProblem.class).isThrownBy(() -> this.catalogue.get(null));
	}

	@Test
	void inputIsReadUnlessSaidOtherwise() {
		assertThat(this.catalogue.get("here").input()).isTrue();
	}

}
