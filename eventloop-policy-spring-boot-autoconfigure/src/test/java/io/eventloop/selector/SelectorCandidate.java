package io.eventloop.selector;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * A selector under test, with what it waits for: the two ends of a pipe, whatever an end
 * is to it.
 *
 * @param <E> the type of an end
 */
abstract class SelectorCandidate<E> implements AutoCloseable {

	final E readEnd;

	final E writeEnd;

	SelectorCandidate(Ends<E> ends) {
		this.readEnd = ends.readEnd();
		this.writeEnd = ends.writeEnd();
	}

	static SelectorCandidate<?> open(String name) throws IOException {
		return switch (name) {
			case "epoll" -> new DescriptorCandidate(new EpollSelector());
			case "poll" -> new DescriptorCandidate(new PollSelector());
			default -> new ChannelCandidate();
		};
	}

	abstract Selector selector();

	abstract void register(E end, int interest);

	abstract void modify(E end, int interest);

	abstract void unregister(E end);

	abstract E ready(int index);

	abstract void write() throws IOException;

	abstract void read() throws IOException;

	/**
	 * Close an end, once, however often it is told to.
	 */
	abstract void close(E end);

	/**
	 * Poll once, without waiting.
	 * @return what is ready for what
	 */
	Map<E, Integer> poll() {
		return results(selector().select(0));
	}

	/**
	 * Wait without limit.
	 */
	Map<E, Integer> await() {
		return results(selector().select(-1));
	}

	private Map<E, Integer> results(int count) {
		Map<E, Integer> ready = new HashMap<>();
		for (int i = 0; i < count; i++) {
			ready.put(ready(i), selector().readiness(i));
		}
		return ready;
	}

	@Override
	public void close() {
		selector().close();
		close(this.readEnd);
		close(this.writeEnd);
	}

	/**
	 * Both ends of a pipe.
	 *
	 * @param readEnd where bytes come out
	 * @param writeEnd where bytes go in
	 * @param <E> the type of an end
	 */
	record Ends<E>(E readEnd, E writeEnd) {
	}

}
