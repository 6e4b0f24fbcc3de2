package io.eventloop.posix;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

@Timeout(120)
class PosixPlatformIT {

	private static final String WAY_OUT = "-> name a folder that can be written to and is not mounted noexec, "
			+ "by -Djffi.extract.dir=… or -Djava.io.tmpdir=…, "
			+ "or the folder of an unpacked library by -Djffi.boot.library.path=…";

	private static final String JFFI = "-Deventloop.native-access=jffi";

	@Test
	void aJvmWithAllItNeedsIsFine() throws Exception {
		assertThat(ChildJvm.run(RequirePosix.class).output()).contains("fine, signals: fine");
	}

	@Test
	void missingClassesAreASentence() throws Exception {
		ChildJvm jvm = ChildJvm.run(ChildJvm.command(RequirePosix.class, ChildJvm.classPathWithout("/jffi"), JFFI));
		assertThat(jvm.output().lines()).hasSize(4)
			.first()
			.asString()
			.startsWith("A class of jffi is missing on the class path (");
		assertThat(jvm.output()).contains("-> add com.github.jnr:jffi");
	}

	@Test
	void aMissingNativeJarIsASentence() throws Exception {
		ChildJvm jvm = ChildJvm
			.run(ChildJvm.command(RequirePosix.class, ChildJvm.classPathWithout("-native.jar"), JFFI));
		assertThat(jvm.output().lines()).containsExactly("jffi's library for this machine is missing on the class path",
				"-> add the jar com.github.jnr:jffi with the classifier native",
				"jffi's library for this machine is missing on the class path",
				"-> add the jar com.github.jnr:jffi with the classifier native");
	}

	@Test
	void aFolderThatDoesNotExistIsNamed() throws Exception {
		ChildJvm jvm = ChildJvm.run(RequirePosix.class, JFFI, "-Djffi.extract.dir=/no/such/folder");
		assertThat(jvm.output().lines()).containsExactly(
				"jffi cannot load its native library from the folder /no/such/folder: it does not exist", WAY_OUT,
				"jffi cannot load its native library from the folder /no/such/folder: it does not exist", WAY_OUT);
	}

	@Test
	void aFolderThatCannotBeWrittenToIsNamed() throws Exception {
		ChildJvm jvm = ChildJvm.run(RequirePosix.class, JFFI, "-Djffi.extract.dir=/proc");
		assertThat(jvm.output().lines())
			.contains("jffi cannot load its native library from the folder /proc: it cannot be written to", WAY_OUT);
	}

	@Test
	void aFolderMountedNoexecIsNamed(@TempDir Path folder) throws Exception {
		Path mount = Files.createDirectory(folder.resolve("noexec"));
		List<String> command = new ArrayList<>(List.of("unshare", "--map-root-user", "--mount", "sh", "-c",
				"mount -t tmpfs -o noexec tmpfs \"$0\" && cd \"$0\" && exec \"$@\" || echo impossible",
				mount.toString()));
		command.addAll(ChildJvm.command(RequirePosix.class, ChildJvm.CLASS_PATH, JFFI, "-Djava.io.tmpdir=" + mount));
		ChildJvm jvm = ChildJvm.run(command);
		assumeFalse(jvm.output().contains("impossible") || jvm.output().startsWith("unshare"),
				"nothing may be mounted");
		assertThat(jvm.output().lines()).contains(
				"jffi cannot load its native library from the folder " + mount + ": it is mounted noexec", WAY_OUT);
	}

	@Test
	void reducedSignalsAreASentence() throws Exception {
		assertThat(ChildJvm.run(RequirePosix.class, "-Xrs").output())
			.contains("fine, signals: the JVM runs with -Xrs and calls no signal handler; leave the option out");
	}

}
