package io.eventloop.subprocess;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.eventloop.SubprocessSpec;
import io.eventloop.posix.Shebang;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what {@link ProcessBuilder#start()} failed of, which says so with the
 * system's number within a text.
 */
final class ProcessFailure {

	private static final Pattern NUMBER = Pattern.compile("error[=:] ?(\\d+)");

	private static final int NO_SUCH_FILE = 2;

	private static final int FIRST_LINE = 256;

	private static final int DENIED = 13;

	private static final int DENIED_ON_WINDOWS = 5;

	private ProcessFailure() {
	}

	static IOException explain(SubprocessSpec spec, IOException failure) {
		if (failure.getCause() instanceof FileNotFoundException refusal) {
			return redirect(spec, refusal);
		}
		int number = number(failure);
		String program = spec.program();
		if (number == NO_SUCH_FILE) {
			return new NoSuchFileException(program, null, missing(spec));
		}
		if (number == DENIED || (number == DENIED_ON_WINDOWS && File.separatorChar == '\\')) {
			return new AccessDeniedException(program, null, "it may not be executed");
		}
		return failure;
	}

	/**
	 * The system has one number for a missing program and the missing interpreter of a
	 * script.
	 */
	private static String missing(SubprocessSpec spec) {
		for (File file : candidates(spec)) {
			if (file.isFile()) {
				try (InputStream in = new FileInputStream(file)) {
					String interpreter = Shebang.interpreter(ByteBuffer.wrap(in.readNBytes(FIRST_LINE)));
					return interpreter.isEmpty() ? "the program is there, but not the loader it needs"
							: Shebang.missing(interpreter);
				}
				catch (IOException ex) {
					return "it may not be read, so nothing tells whether its interpreter is missing";
				}
			}
		}
		return "there is no such program";
	}

	/**
	 * Refuse a program that the JDK would not find, where it starts another that executes
	 * it.
	 * @return what that other can execute
	 */
	static String requireProgram(SubprocessSpec spec) throws FileSystemException {
		List<File> candidates = candidates(spec);
		for (File file : candidates) {
			if (file.isFile() && file.canExecute()) {
				requireInterpreter(spec, file);
				return (spec.program().indexOf(File.separatorChar) >= 0) ? spec.program() : file.getPath();
			}
		}
		if (candidates.stream().anyMatch(File::exists)) {
			throw new AccessDeniedException(spec.program(), null, "it may not be executed");
		}
		throw new NoSuchFileException(spec.program(), null, missing(spec));
	}

	private static void requireInterpreter(SubprocessSpec spec, File program) throws NoSuchFileException {
		try (InputStream in = new FileInputStream(program)) {
			String interpreter = Shebang.interpreter(ByteBuffer.wrap(in.readNBytes(FIRST_LINE)));
			if (!interpreter.isEmpty() && !new File(interpreter).exists()) {
				throw new NoSuchFileException(spec.program(), null, Shebang.missing(interpreter));
			}
		}
		catch (NoSuchFileException ex) {
			throw ex;
		}
		catch (IOException ex) {
			// What may not be read may be executed all the same
		}
	}

	/**
	 * The files that the JDK has tried.
	 */
	private static List<File> candidates(SubprocessSpec spec) {
		File program = new File(spec.program());
		if (program.getParent() != null) {
			return List.of((program.isAbsolute() || spec.directory() == null) ? program
					: new File(spec.directory().toFile(), spec.program()));
		}
		String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
		return Stream.of(path.split(File.pathSeparator, -1)).map((folder) -> new File(folder, spec.program())).toList();
	}

	/**
	 * Refuse a working directory that is missing, or something else.
	 */
	static void requireDirectory(@Nullable Path directory) throws FileSystemException {
		if (directory == null || Files.isDirectory(directory)) {
			return;
		}
		if (Files.exists(directory)) {
			throw new NotDirectoryException(directory.toString());
		}
		throw new NoSuchFileException(directory.toString(), null, "the working directory does not exist");
	}

	/**
	 * Which file a stream could not be redirected to, or from, and why.
	 */
	private static IOException redirect(SubprocessSpec spec, FileNotFoundException refusal) {
		for (Redirect redirect : List.of(spec.stdin(), spec.stdout(), spec.stderr())) {
			File file = redirect.file();
			if (file == null || !String.valueOf(refusal.getMessage()).startsWith(file.getPath() + " ")) {
				continue;
			}
			boolean reads = redirect.type() == Redirect.Type.READ;
			File needed = reads ? file : file.getAbsoluteFile().getParentFile();
			return (needed != null && needed.exists())
					? new AccessDeniedException(file.getPath(), null,
							reads ? "it may not be read" : "it may not be written")
					: new NoSuchFileException(file.getPath(), null,
							reads ? "there is no such file to read" : "there is no such directory to write to");
		}
		return refusal;
	}

	private static int number(IOException failure) {
		Matcher number = NUMBER.matcher(String.valueOf(failure.getMessage()));
		return number.find() ? Integer.parseInt(number.group(1)) : 0;
	}

}
