package io.eventloop;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

class SubprocessSpecTests {

	private static final String HALF = "secret \uD83D!";

	private final SubprocessSpec spec = SubprocessSpec.exec("program");

	@Test
	void aPathWithoutASlashIsNotLookedUp() {
		assertThat(SubprocessSpec.exec(Path.of("uname")).program()).isEqualTo("./uname");
		assertThat(SubprocessSpec.exec(Path.of("bin/uname")).program()).isEqualTo("bin/uname");
		assertThat(SubprocessSpec.exec(Path.of("/bin/uname")).program()).isEqualTo("/bin/uname");
		assertThat(SubprocessSpec.exec("uname").program()).isEqualTo("uname");
		assertThatIllegalArgumentException().isThrownBy(() -> SubprocessSpec.exec(Path.of("")))
			.withMessageContaining("No program was given");
	}

	@Test
	void itsNameIsTheProgramsUnlessItIsGivenOne() {
		assertThat(SubprocessSpec.exec("/usr/bin/ffmpeg", "-i", "in").name()).isEqualTo("ffmpeg");
		assertThat(SubprocessSpec.exec("ffmpeg").name()).isEqualTo("ffmpeg");
		assertThat(SubprocessSpec.exec("odd/").name()).isEqualTo("odd/");
		SubprocessSpec named = SubprocessSpec.exec("ffmpeg").name("thumbnailer");
		assertThat(named.pipes().limit(5).directory(Path.of("/")).name()).isEqualTo("thumbnailer");
		assertThatIllegalArgumentException().isThrownBy(() -> this.spec.name(" "))
			.withMessage("A command's name is blank; give it one, such as thumbnailer");
	}

	@Test
	void pathsOfOtherFileSystemsAreRefused(@TempDir Path directory) throws IOException {
		URI archive = URI.create("jar:" + directory.resolve("archive.zip").toUri());
		try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
			Path inside = zip.getPath("/inside");
			assertThatIllegalArgumentException().isThrownBy(() -> this.spec.directory(inside))
				.withMessageStartingWith("Directory /inside is on the file system ")
				.withMessageContaining("which other programs cannot access");
			assertThatIllegalArgumentException().isThrownBy(() -> SubprocessSpec.exec(inside))
				.withMessageStartingWith("Program /inside is on the file system ");
		}
	}

	@Test
	void halfASurrogatePairIsRefusedByItsPlace() {
		refuses(() -> SubprocessSpec.exec(HALF), "the program's name");
		refuses(() -> SubprocessSpec.exec("program", "one", HALF), "argument 2");
		refuses(() -> SubprocessSpec.exec("program", "\uDE00"), "argument 1");
		refuses(() -> SubprocessSpec.shell(HALF), "argument 2");
		refuses(() -> this.spec.environment(Map.of("NAME", HALF)), "the value of environment variable NAME");
		refuses(() -> this.spec.addEnvironment("NAME", HALF), "the value of environment variable NAME");
		refuses(() -> this.spec.addEnvironment(HALF, "value"), "the name of an environment variable");
		refuses(() -> this.spec.stdin(Redirect.from(new File(HALF))), "the name of a file");
		refuses(() -> this.spec.stdout(Redirect.to(new File(HALF))), "the name of a file");
		refuses(() -> this.spec.stderr(Redirect.appendTo(new File(HALF))), "the name of a file");
		assertThat(SubprocessSpec.exec("program", "\uD83D\uDE00").command()).hasSize(2);
	}

	@Test
	void aNulIsRefusedByItsPlace() {
		assertThatIllegalArgumentException().isThrownBy(() -> SubprocessSpec.exec("program", "secret\0"))
			.withMessage("There is a NUL character in argument 1, which cannot be passed to a program");
	}

	@Test
	void whatIsNullHasASentence() {
		assertThatNullPointerException().isThrownBy(() -> SubprocessSpec.exec(Arrays.asList("program", null)))
			.withMessageContaining("argument 1");
		Map<String, String> missing = new HashMap<>(Collections.singletonMap("NAME", null));
		assertThatNullPointerException().isThrownBy(() -> this.spec.environment(missing))
			.withMessage("Environment variable 'NAME' has the value null; leave it out, "
					+ "or remove an inherited one with removeEnvironment");
		assertThatNullPointerException().isThrownBy(() -> this.spec.addEnvironment(missing))
			.withMessageContaining("'NAME'");
		assertThatNullPointerException()
			.isThrownBy(() -> this.spec.environment(Collections.singletonMap(null, "value")))
			.withMessageContaining("name of an environment variable");
	}

	@Test
	void whatTheSystemHasIsAccepted() {
		Map<String, String> odd = Map.of("=C:", "C:\\", "", "empty", "=", "x");
		assertThat(this.spec.environment(odd).environment()).isEqualTo(odd);
		assertThat(this.spec.environment(System.getenv()).environment()).isEqualTo(System.getenv());
		assertThat(this.spec.addEnvironment(System.getenv()).environmentChanges()).isEqualTo(System.getenv());
	}

	@Test
	void otherNamesWithAnEqualsSignAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.spec.environment(Map.of("A=B", "value")))
			.withMessage("Environment variable name 'A=…' contains '='; pass the name without its value");
		assertThatIllegalArgumentException().isThrownBy(() -> this.spec.removeEnvironment("A=B"));
		assertThatIllegalArgumentException().isThrownBy(() -> this.spec.addEnvironment("", "value"))
			.withMessageContaining("empty name");
	}

	@Test
	void changesAreToTheInheritedEnvironment() {
		SubprocessSpec changed = this.spec.addEnvironment("ONE", "1")
			.addEnvironment(Map.of("TWO", "2"))
			.removeEnvironment("ONE", "THREE");
		assertThat(changed.environment()).isNull();
		assertThat(changed.environmentChanges()).containsEntry("TWO", "2")
			.containsEntry("ONE", null)
			.containsEntry("THREE", null)
			.hasSize(3);
		assertThat(changed.addEnvironment("ONE", "again").environmentChanges()).containsEntry("ONE", "again");
		assertThat(this.spec.environmentChanges()).isEmpty();
	}

	@Test
	void changesOfAnOwnEnvironmentAreMadeInIt() {
		SubprocessSpec changed = this.spec.addEnvironment("FORGOTTEN", "x")
			.environment(Map.of("ONE", "1", "TWO", "2"))
			.addEnvironment("THREE", "3")
			.removeEnvironment("ONE", "FOUR");
		assertThat(changed.environment()).isEqualTo(Map.of("TWO", "2", "THREE", "3"));
		assertThat(changed.environmentChanges()).isEmpty();
	}

	private static void refuses(Runnable making, String place) {
		assertThatIllegalArgumentException().isThrownBy(making::run)
			.withMessageContaining("half a surrogate pair in " + place)
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("secret"));
	}

	@Test
	void textFormsTellNoSecrets() {
		assertThat(SubprocessSpec.exec(List.of("program", "secret")).addEnvironment("KEY", "secret"))
			.hasToString("SubprocessSpec[program=program]");
		assertThatIllegalArgumentException().isThrownBy(() -> this.spec.removeEnvironment("KEY=secret"))
			.satisfies((ex) -> assertThat(ex.getMessage()).contains("'KEY=…'").doesNotContain("secret"));
		assertThat(SpecEnvironment.of(Map.of("KEY", "secret")).toString()).doesNotContain("secret");
		assertThat(SpecEnvironment.INHERITED.with(Map.of("KEY", "secret")).toString()).doesNotContain("secret");
	}

}
