package io.eventloop.loop;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

/**
 * A part of a {@link PostedQueue}: slots with consecutive numbers.
 */
final class PostedChunk extends AtomicReferenceArray<@Nullable CallbackHandle> {

	static final long FULL = -1;

	private static final long serialVersionUID = 1L;

	private static final CallbackHandle GONE = new CallbackHandle(() -> {
	});

	private final long first;

	/**
	 * What follows, or this chunk itself once it was left: what is garbage must not keep
	 * all that follows from being collected young.
	 */
	private final transient AtomicReference<@Nullable PostedChunk> next = new AtomicReference<>();

	PostedChunk(long first, int size) {
		super(size);
		this.first = first;
	}

	/**
	 * Return what follows, made if there is nothing; this chunk itself if it was left.
	 */
	PostedChunk makeNext() {
		PostedChunk known = this.next.get();
		if (known == null) {
			this.next.compareAndSet(null, new PostedChunk(this.first + length(), length()));
			known = Objects.requireNonNull(this.next.get());
		}
		return known;
	}

	@Nullable PostedChunk next() {
		return this.next.get();
	}

	/**
	 * Let go of what follows: nothing more is put in here, or taken.
	 */
	void leave() {
		this.next.set(this);
	}

	long first() {
		return this.first;
	}

	private boolean has(long number) {
		return number - this.first < length();
	}

	/**
	 * Return the number of the first slot that is free, or of the next chunk's first.
	 * @param from the number of a slot before which none is free
	 */
	long firstFree(long from) {
		long number = Math.max(from, this.first);
		while (has(number) && get(index(number)) != null) {
			number++;
		}
		return number;
	}

	/**
	 * Put a callback into the first slot that is free.
	 * @param from the number of a slot before which none is free
	 * @return the slot's number, or {@link #FULL} if there is none
	 */
	long put(CallbackHandle handle, long from) {
		for (long number = Math.max(from, this.first); has(number); number++) {
			if (compareAndSet(index(number), null, handle)) {
				return number;
			}
		}
		return FULL;
	}

	@Nullable CallbackHandle take(int index) {
		CallbackHandle handle = getAcquire(index);
		if (handle != null) {
			// Not free again
			setPlain(index, GONE);
		}
		return handle;
	}

	private int index(long number) {
		return (int) (number - this.first);
	}

}
