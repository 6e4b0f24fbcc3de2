package io.eventloop.subprocess;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.eventloop.EventLoop;
import io.eventloop.LoopFuture;
import io.eventloop.ReadTransport;
import io.eventloop.loop.ProactorEventLoop;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * A caller gives up a read while data arrive and another caller reads: the bytes go to
 * the first read, the second or stay in the stream; once, and in order.
 */
@JCStressTest
@State
@Outcome(id = "ab, c, ", expect = Expect.ACCEPTABLE, desc = "the first read had them, the second the rest")
@Outcome(id = "null, ab, c", expect = Expect.ACCEPTABLE, desc = "given up in time: the second read has them")
@Outcome(expect = Expect.FORBIDDEN, desc = "lost, doubled or out of order")
public class GiveUpStress {

	private static final EventLoop LOOP = new ProactorEventLoop();

	private static final StallReport STALL = new StallReport(LOOP, "stream", Duration.ofDays(1), null);

	private final PipeStreamReader reader = new PipeStreamReader(LOOP, new Silent(), 1000, STALL,
			(error) -> new IOException(error));

	private final LoopFuture<byte[]> first = this.reader.read(2);

	private LoopFuture<byte[]> second;

	@Actor
	public void caller() {
		this.first.cancel(false);
		this.second = this.reader.read(2);
	}

	@Actor
	public void pipe() {
		this.reader.feed("abc".getBytes(StandardCharsets.US_ASCII));
	}

	@Arbiter
	public void end(LLL_Result result) {
		result.r1 = taken(this.first);
		result.r2 = taken(this.second);
		this.second.cancel(false);
		this.reader.end();
		result.r3 = taken(this.reader.read());
	}

	private static String taken(LoopFuture<byte[]> read) {
		return (read.isDone() && !read.isCompletedExceptionally()) ? new String(read.join(), StandardCharsets.US_ASCII)
				: null;
	}

	static final class Silent implements ReadTransport {

		@Override
		public void pauseReading() {
		}

		@Override
		public void resumeReading() {
		}

		@Override
		public boolean isReading() {
			return true;
		}

		@Override
		public void close() {
		}

		@Override
		public boolean isClosing() {
			return false;
		}

	}

}
