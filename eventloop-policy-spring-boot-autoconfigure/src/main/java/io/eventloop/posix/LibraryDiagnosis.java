package io.eventloop.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.eventloop.UnsupportedPlatformException;
import org.jspecify.annotations.Nullable;

/**
 * Why the native binding could not be loaded. Commonly that is, before Java 22, the
 * folder into which jffi unpacks its library from its jar: it must be one that code may
 * be run from.
 *
 * @param problem what is missing
 * @param action what to do about it
 */
record LibraryDiagnosis(String problem, String action) {

	static LibraryDiagnosis of(LinkageError error) {
		String details = details(error);
		Throwable root = root(error);
		if (root instanceof IllegalArgumentException) {
			return new LibraryDiagnosis(String.valueOf(root.getMessage()), "use one of these, or leave it out");
		}
		if (details.contains("IllegalCallerException")
				|| root.getClass().getSimpleName().equals("IllegalCallerException")) {
			return new LibraryDiagnosis("This JVM does not let the library call native code",
					"start it with --enable-native-access=ALL-UNNAMED, or " + PosixPlatform.WITHOUT_NATIVE);
		}
		if (error instanceof NoClassDefFoundError && !details.contains("Could not initialize class")) {
			return new LibraryDiagnosis("A class of jffi is missing on the class path (" + error.getMessage() + ")",
					"add com.github.jnr:jffi, and its jar with the classifier native, or "
							+ PosixPlatform.WITHOUT_NATIVE);
		}
		if (details.contains("could not locate stub library")) {
			return new LibraryDiagnosis("jffi's library for this machine is missing on the class path",
					"add the jar com.github.jnr:jffi with the classifier native");
		}
		if (details.contains("Error loading shared library") || details.contains("Error relocating")) {
			return new LibraryDiagnosis("This system's C library is not glibc, which jffi's native library needs",
					"run on a system with glibc (Alpine has musl), or " + PosixPlatform.WITHOUT_NATIVE);
		}
		String extractDirectory = System.getProperty("jffi.extract.dir");
		String folder = (extractDirectory != null) ? extractDirectory : System.getProperty("java.io.tmpdir", "");
		return new LibraryDiagnosis(
				"jffi cannot load its native library from the folder " + folder + ": "
						+ reason(Path.of(folder), details),
				"name a folder that can be written to and is not mounted noexec, by -Djffi.extract.dir=… or "
						+ "-Djava.io.tmpdir=…, or the folder of an unpacked library by -Djffi.boot.library.path=…");
	}

	UnsupportedPlatformException exception(@Nullable LinkageError cause) {
		return new UnsupportedPlatformException(this.problem, this.action, cause);
	}

	private static String reason(Path folder, String details) {
		if (!Files.isDirectory(folder)) {
			return "it does not exist";
		}
		if (details.contains("failed to map segment")) {
			return "it is mounted noexec";
		}
		try {
			Files.delete(Files.createTempFile(folder, "jffi", null));
		}
		catch (IOException ex) {
			return "it cannot be written to";
		}
		return details.lines()
			.map(String::strip)
			.filter((line) -> !line.isEmpty())
			.findFirst()
			.orElse("no reason is told");
	}

	private static Throwable root(Throwable error) {
		Throwable root = error;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		return root;
	}

	private static String details(Throwable error) {
		StringBuilder details = new StringBuilder();
		for (Throwable cause = error; cause != null; cause = cause.getCause()) {
			if (cause.getMessage() != null) {
				details.append(cause.getMessage()).append('\n');
			}
		}
		return details.toString();
	}

}
