package io.eventloop.posix;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TextArenaTests {

	private final TextArena arena = new TextArena();

	@Test
	void textsEndWithNulAndArraysWithANullPointer() {
		List<byte[]> texts = List.of(TextArena.encode("eins"), TextArena.encode(""), TextArena.encode("drei ☃"));
		this.arena.clear(2 + TextArena.sizeOfArray(texts));
		assertThat(text(this.arena.put(TextArena.encode("x")))).isEqualTo("x");
		long array = this.arena.putArray(texts);
		assertThat(array % 8).as("aligned").isZero();
		assertThat(text(LibC.C.addressAt(array))).isEqualTo("eins");
		assertThat(text(LibC.C.addressAt(array + 8))).isEmpty();
		assertThat(text(LibC.C.addressAt(array + 16))).isEqualTo("drei ☃");
		assertThat(LibC.C.addressAt(array + 24)).isZero();
	}

	@Test
	void theSizeSaidBeforeIsEnoughWhateverTheAlignment() {
		for (int length = 0; length < 9_000; length += 7) {
			byte[] first = TextArena.encode("x".repeat(length));
			List<byte[]> texts = List.of(TextArena.encode("y".repeat(length / 2)));
			this.arena.clear(first.length + 1L + TextArena.sizeOfArray(texts));
			this.arena.put(first);
			assertThat(text(LibC.C.addressAt(this.arena.putArray(texts)))).hasSize(length / 2);
		}
	}

	@Test
	void aRareLargeOneIsLetGoOf() {
		this.arena.clear(1);
		long small = this.arena.put(TextArena.encode(""));
		this.arena.clear(1 << 20);
		assertThat(this.arena.put(TextArena.encode(""))).isNotEqualTo(small);
		this.arena.clear(1);
		assertThat(this.arena.put(TextArena.encode(""))).isEqualTo(small);
	}

	private static String text(long address) {
		return new String(LibC.C.textAt(address), StandardCharsets.UTF_8);
	}

}
