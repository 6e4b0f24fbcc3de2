package io.eventloop.message;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is kept of a standard error.
 */
class ErrorTailTests {

	private final ErrorTail tail = new ErrorTail(() -> {
	});

	@Test
	void keepsTheLastTwentyLines() {
		for (int i = 1; i <= 30; i++) {
			write(i + "\n");
		}
		assertThat(this.tail.lines()).hasSize(20).startsWith("11").endsWith("30");
	}

	@Test
	void keepsTheEndOfALongLine() {
		write("x".repeat(10_000));
		write("end");
		assertThat(this.tail.lines()).containsExactly("x".repeat(4093) + "end");
	}

	@Test
	void dropsALineOfWhichOnlyTheEndWasKept() {
		write("x".repeat(10_000) + "\nwhole\n");
		assertThat(this.tail.lines()).containsExactly("whole");
	}

	@Test
	void keepsWholeCharacters() {
		write("€".repeat(3000));
		assertThat(this.tail.lines()).containsExactly("€".repeat(1365));
	}

	@Test
	void joinsPieces() {
		write("one\nt");
		write("wo\n\n");
		assertThat(this.tail.lines()).containsExactly("one", "two");
	}

	private void write(String text) {
		this.tail.receive(text.getBytes(StandardCharsets.UTF_8));
	}

}
