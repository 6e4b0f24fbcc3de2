package io.eventloop.subprocess;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.loop.ProactorEventLoop;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class ChildOutputPumpTests {

	private static final int KIB = 1024;

	@Test
	@DisplayName("What fills the chunk is read in larger ones, up to what a pipe holds")
	void chunksGrow() {
		List<Integer> asked = new CopyOnWriteArrayList<>();
		InputStream stream = new InputStream() {
			@Override
			public int read() {
				throw new UnsupportedOperationException();
			}

			@Override
			public int read(byte[] bytes, int offset, int length) {
				asked.add(length);
				return (asked.size() <= 2) ? 100 : ((asked.size() <= 6) ? length : -1);
			}
		};
		assertThat(readAll(stream)).containsExactly(100, 100, 16 * KIB, 32 * KIB, 64 * KIB, 64 * KIB, 0);
		assertThat(asked).containsExactly(16 * KIB, 16 * KIB, 16 * KIB, 32 * KIB, 64 * KIB, 64 * KIB, 64 * KIB);
	}

	private static List<Integer> readAll(InputStream stream) {
		List<Integer> counts = new ArrayList<>();
		ExecutorService threads = Executors.newCachedThreadPool();
		try (EventLoop loop = new ProactorEventLoop()) {
			ChildOutputPump pump = new ChildOutputPump(loop, threads, stream);
			LoopFuture<Void> end = loop.createFuture();
			ByteBuffer scratch = ByteBuffer.allocateDirect(256 * KIB);
			loop.callSoon(() -> pump.watchReading(() -> {
				try {
					int count = pump.read(scratch.clear());
					counts.add(count);
					if (count == 0) {
						end.complete(null);
					}
				}
				catch (IOException ex) {
					end.completeExceptionally(ex);
				}
			}));
			loop.runUntilComplete(end);
			pump.close();
		}
		finally {
			threads.shutdownNow();
		}
		return counts;
	}

}
