package io.eventloop.pipe;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

import io.eventloop.memory.LeakWatch;
import org.jspecify.annotations.Nullable;

/**
 * Has a pipe hold more once it was found full several times in a row, so that its writer
 * goes on while the loop reads. Few pipes are large at a time, as all of a user's share a
 * limit, beyond which new ones hold next to nothing. Belongs to the loop's thread.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/pipe.7.html">pipe(7),
 * pipe-user-pages-soft</a>
 */
final class PipeGrowth {

	/**
	 * What a pipe holds, and how much is taken from a large one at a time: as much as
	 * readers usually ask for.
	 */
	private static final int USUAL = 64 * 1024;

	private static final int LARGE = 256 * 1024;

	private static final int FULL_READS = 8;

	private static final int MOST = 32;

	private static final byte[] SMALL = {};

	private static final AtomicInteger largePipes = new AtomicInteger();

	private int fullReads;

	/**
	 * Where the data of a large pipe pass through.
	 */
	private byte[] passage = SMALL;

	/**
	 * Gives back the place among the large pipes, should this be collected unclosed.
	 */
	private @Nullable LeakWatch place;

	private boolean isLarge() {
		return this.passage != SMALL;
	}

	/**
	 * Return how many reads are made in a row before other events of the loop have their
	 * turn.
	 */
	int reads() {
		return isLarge() ? LARGE / USUAL : 1;
	}

	/**
	 * Return how much a read takes at most.
	 * @param room how much there is room for
	 */
	int size(int room) {
		return isLarge() ? USUAL : room;
	}

	/**
	 * Note how much a read has taken.
	 * @return whether more may be there
	 */
	boolean taken(int count, PipeReactor reactor, int fd) {
		if (this.fullReads <= FULL_READS) {
			this.fullReads = (count >= USUAL) ? this.fullReads + 1 : 0;
			if (this.fullReads > FULL_READS) {
				enlarge(reactor, fd);
			}
		}
		return count >= USUAL;
	}

	private void enlarge(PipeReactor reactor, int fd) {
		if (largePipes.incrementAndGet() > MOST) {
			largePipes.decrementAndGet();
			return;
		}
		try {
			byte[] array = new byte[USUAL];
			this.place = LeakWatch.over(this, largePipes::decrementAndGet);
			if (reactor.enlarge(fd, LARGE)) {
				this.passage = array;
				return;
			}
		}
		catch (OutOfMemoryError ex) {
			// It stays as it is
		}
		leavePlace();
	}

	private void leavePlace() {
		if (this.place != null) {
			this.place.end();
			this.place = null;
		}
		largePipes.decrementAndGet();
	}

	/**
	 * Return a copy of what was read. An array that is made as a copy of another one is
	 * not cleared first, which would take as long as the copying.
	 */
	byte[] copy(ByteBuffer data) {
		int count = data.remaining();
		data.get(this.passage, 0, count);
		return Arrays.copyOf(this.passage, count);
	}

	/**
	 * The pipe is closed.
	 */
	void end() {
		if (isLarge()) {
			this.passage = SMALL;
			leavePlace();
		}
	}

}
