package io.eventloop.client.test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.eventloop.SubprocessSpec;
import org.jspecify.annotations.Nullable;

/**
 * A command that a {@link ScriptedSubprocessClient} was asked to run. Its text has the
 * arguments, as only tests see it. May be used from any thread.
 *
 * @since 0.1.0
 */
public final class AskedCommand {

	private final SubprocessSpec spec;

	private final ByteArrayOutputStream input = new ByteArrayOutputStream();

	AskedCommand(SubprocessSpec spec) {
		this.spec = spec;
	}

	/**
	 * Return the command's name: what {@code command(name)} was given, or its program's
	 * file name unless it was given another.
	 * @return the name
	 */
	public String name() {
		return this.spec.name();
	}

	/**
	 * Return the program.
	 * @return the program, as the command has it
	 */
	public String program() {
		return this.spec.program();
	}

	/**
	 * Return the arguments.
	 * @return the arguments, without the program
	 */
	public List<String> arguments() {
		return this.spec.command().subList(1, this.spec.command().size());
	}

	/**
	 * Return the directory.
	 * @return the directory, or {@code null} for this process's
	 */
	public @Nullable Path directory() {
		return this.spec.directory();
	}

	/**
	 * Return the variables that it was given on top of this process's, or, with a clean
	 * environment, all.
	 * @return the variables; {@code null} for one that was taken away
	 */
	public Map<String, ? extends @Nullable String> environment() {
		return Objects.requireNonNullElse(this.spec.environment(), this.spec.environmentChanges());
	}

	/**
	 * Return what it was given to read.
	 * @return the bytes so far, or the content of a file
	 */
	public byte[] input() {
		Redirect source = this.spec.stdin();
		if (source.type() == Redirect.Type.READ) {
			try {
				return Files.readAllBytes(source.file().toPath());
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		synchronized (this.input) {
			return this.input.toByteArray();
		}
	}

	/**
	 * Return what it was given to read as UTF-8 text.
	 * @return the text
	 */
	public String inputText() {
		return new String(input(), StandardCharsets.UTF_8);
	}

	void read(byte[] data) {
		synchronized (this.input) {
			this.input.writeBytes(data);
		}
	}

	SubprocessSpec spec() {
		return this.spec;
	}

	@Override
	public String toString() {
		return CommandMatcher.text(this.spec.program(), arguments());
	}

}
