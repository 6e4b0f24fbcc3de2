package io.eventloop.pipe;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class ByteQueueTests {

	private final ByteQueue queue = new ByteQueue();

	@Test
	void isEmptyAtFirst() {
		assertThat(this.queue.isEmpty()).isTrue();
		assertThat(this.queue.take(0)).isEmpty();
		assertThat(this.queue.indexOf((byte) 0)).isEqualTo(-1);
		this.queue.add(new byte[0]);
		assertThat(this.queue.isEmpty()).isTrue();
	}

	@Test
	void takesAWholeChunkWithoutACopy() {
		byte[] chunk = { 1, 2 };
		this.queue.add(chunk);
		assertThat(this.queue.take(2)).isSameAs(chunk);
	}

	@Test
	void takesAcrossChunks() {
		this.queue.add(new byte[] { 1, 2, 3 });
		this.queue.add(new byte[] { 4, 5 });
		assertThat(this.queue.take(1)).containsExactly(1);
		assertThat(this.queue.take(3)).containsExactly(2, 3, 4);
		assertThat(this.queue.size()).isEqualTo(1);
		assertThat(this.queue.take(1)).containsExactly(5);
	}

	@Test
	void findsAByteFromTheFront() {
		this.queue.add(new byte[] { 7, 1 });
		this.queue.add(new byte[] { 2, 7 });
		this.queue.drop(1);
		assertThat(this.queue.indexOf((byte) 7)).isEqualTo(2);
		assertThat(this.queue.indexOf((byte) 1)).isZero();
	}

	@Test
	void aSearchGoesOnWhereTheLastOneEnded() {
		Random random = new Random(2);
		ByteArrayOutputStream rest = new ByteArrayOutputStream();
		for (int i = 0; i < 10_000; i++) {
			byte[] chunk = new byte[random.nextInt(4)];
			for (int j = 0; j < chunk.length; j++) {
				chunk[j] = (byte) random.nextInt(6);
			}
			this.queue.add(chunk);
			rest.writeBytes(chunk);
			byte[] expected = rest.toByteArray();
			byte wanted = (byte) random.nextInt(2);
			assertThat(this.queue.indexOf(wanted)).isEqualTo(indexOf(expected, wanted));
			int dropped = random.nextInt(Math.min(expected.length, 5) + 1);
			this.queue.drop(dropped);
			rest.reset();
			rest.write(expected, dropped, expected.length - dropped);
		}
	}

	@Test
	void copiesWhatFits() {
		this.queue.add(new byte[] { 1, 2 });
		this.queue.add(new byte[] { 3, 4 });
		ByteBuffer buffer = ByteBuffer.allocate(3);
		this.queue.copyTo(buffer);
		assertThat(buffer.array()).containsExactly(1, 2, 3);
		assertThat(this.queue.size()).isEqualTo(4);
	}

	@Test
	void forgetsEverything() {
		this.queue.add(new byte[] { 1, 2 });
		this.queue.drop(1);
		this.queue.clear();
		this.queue.add(new byte[] { 3 });
		assertThat(this.queue.take(1)).containsExactly(3);
	}

	@Test
	void whatGoesInComesOutInOrder() {
		Random random = new Random(1);
		ByteArrayOutputStream in = new ByteArrayOutputStream();
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		for (int i = 0; i < 10_000; i++) {
			byte[] chunk = new byte[random.nextInt(20)];
			random.nextBytes(chunk);
			in.writeBytes(chunk);
			this.queue.add(chunk);
			byte[] taken = this.queue.take(random.nextInt((int) this.queue.size() + 1));
			out.writeBytes(taken);
			assertThat(this.queue.size()).isEqualTo(in.size() - out.size());
		}
		out.writeBytes(this.queue.take((int) this.queue.size()));
		assertThat(Arrays.equals(in.toByteArray(), out.toByteArray())).isTrue();
	}

	private static long indexOf(byte[] bytes, byte wanted) {
		for (int i = 0; i < bytes.length; i++) {
			if (bytes[i] == wanted) {
				return i;
			}
		}
		return -1;
	}

}
