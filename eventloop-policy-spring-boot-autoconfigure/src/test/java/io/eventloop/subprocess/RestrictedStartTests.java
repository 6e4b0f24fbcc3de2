package io.eventloop.subprocess;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.eventloop.ChildRestrictions;
import io.eventloop.SubprocessSpec;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RestrictedStartTests {

	private final SubprocessSpec spec = SubprocessSpec.exec("program", "argument");

	@Test
	void noRestrictionNeedsNoTool() {
		assertThat(RestrictedStart.wrapper(this.spec)).isEmpty();
	}

	@Test
	void onlyTheToolsThatAreNeededAreTaken() {
		SubprocessSpec limited = this.spec
			.restrictions(ChildRestrictions.NONE.withCpu(Duration.ofSeconds(5)).withNofile(10));
		assertThat(RestrictedStart.wrapper(limited)).containsExactly(RestrictingTool.PRLIMIT.path(), "--cpu=5:6",
				"--nofile=10:10", "--");
	}

	@Test
	void privilegesAreGivenUpLast() {
		SubprocessSpec restricted = this.spec
			.restrictions(ChildRestrictions.NONE.withoutNewPrivileges().withUmask(07).withCore(0).withNice(4));
		assertThat(RestrictedStart.wrapper(restricted)).containsExactly(RestrictingTool.NICE.path(), "-n", "4", "--",
				RestrictingTool.PRLIMIT.path(), "--core=0:0", "--", RestrictingTool.SHELL.path(), "-c",
				"command umask 007; exec \"$@\"", "sh", RestrictingTool.SETPRIV.path(), "--no-new-privs", "--");
	}

	@Test
	void aMissingToolIsNamedWithItsPackage() {
		List<Path> folders = List.of(Path.of("/no/such/folder"));
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> RestrictingTool.PRLIMIT.path(folders))
			.withMessage("there is no program prlimit in [/no/such/folder]; install the package util-linux, "
					+ "or leave out the restriction that needs it");
	}

}
