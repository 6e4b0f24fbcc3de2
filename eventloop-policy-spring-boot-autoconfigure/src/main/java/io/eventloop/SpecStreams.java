package io.eventloop;

import java.lang.ProcessBuilder.Redirect;
import java.util.Objects;

/**
 * A child's standard streams, validated.
 *
 * @param stdin source of the standard input
 * @param stdout destination of the standard output
 * @param stderr destination of the standard error, unless merged
 * @param merged whether the standard error is merged into the standard output
 * @param limit the limit of a stream's buffer, in bytes
 */
record SpecStreams(Redirect stdin, Redirect stdout, Redirect stderr, boolean merged, int limit) {

	static final SpecStreams INHERITED = new SpecStreams(Redirect.INHERIT, Redirect.INHERIT, Redirect.INHERIT, false,
			SubprocessSpec.DEFAULT_LIMIT);

	SpecStreams withStdin(Redirect redirect) {
		return new SpecStreams(source(redirect), this.stdout, this.stderr, this.merged, this.limit);
	}

	SpecStreams withStdout(Redirect redirect) {
		return new SpecStreams(this.stdin, destination(redirect), this.stderr, this.merged, this.limit);
	}

	SpecStreams withStderr(Redirect redirect) {
		return new SpecStreams(this.stdin, this.stdout, destination(redirect), false, this.limit);
	}

	SpecStreams withMerged(boolean redirect) {
		return new SpecStreams(this.stdin, this.stdout, this.stderr, redirect, this.limit);
	}

	SpecStreams withLimit(int bytes) {
		if (bytes <= 0) {
			throw new IllegalArgumentException("Limit %d is not positive; pass at least 1 byte".formatted(bytes));
		}
		return new SpecStreams(this.stdin, this.stdout, this.stderr, this.merged, bytes);
	}

	private static Redirect source(Redirect redirect) {
		Objects.requireNonNull(redirect, "'redirect' must not be null");
		boolean writes = redirect.type() == Redirect.Type.WRITE || redirect.type() == Redirect.Type.APPEND;
		if (writes && !redirect.equals(Redirect.DISCARD)) {
			throw new IllegalArgumentException(
					"Standard input cannot be redirected with %s; use PIPE, INHERIT, DISCARD or from(file)"
						.formatted(redirect.type()));
		}
		SpecTexts.requireFile(redirect.file());
		return redirect;
	}

	private static Redirect destination(Redirect redirect) {
		Objects.requireNonNull(redirect, "'redirect' must not be null");
		if (redirect.type() == Redirect.Type.READ) {
			throw new IllegalArgumentException(
					"An output cannot be redirected with READ; use PIPE, INHERIT, DISCARD, to(file) or appendTo(file)");
		}
		SpecTexts.requireFile(redirect.file());
		return redirect;
	}

}
