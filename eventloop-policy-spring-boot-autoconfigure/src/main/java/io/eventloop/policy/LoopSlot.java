package io.eventloop.policy;

import java.lang.ref.WeakReference;
import java.util.Objects;
import java.util.Optional;

import io.eventloop.EventLoop;
import io.eventloop.LoopContext;
import org.jspecify.annotations.Nullable;

/**
 * The place in which a policy keeps the loop of one context. It records whether a loop
 * was ever set, since a context whose loop was set to {@code null} does not get one on
 * demand.
 * <p>
 * A slot has a weak reference to its thread: keeping the slot does not keep the thread.
 * Safe to use from any thread.
 *
 * @see ContextStrategy#current()
 * @since 0.1.0
 */
public final class LoopSlot {

	private static final int NAME_LIMIT = 64;

	private static final Content NEVER_SET = new Content(false, null);

	private final @Nullable String name;

	private final WeakReference<@Nullable Thread> owner;

	private volatile Content content = NEVER_SET;

	/**
	 * Create the slot of a context that is not a thread.
	 * @param name the context's name in reports
	 */
	public LoopSlot(String name) {
		this(Objects.requireNonNull(name, "'name' must not be null"), null);
	}

	/**
	 * Create the slot of a thread, reported under the thread's name for as long as the
	 * thread lives.
	 * @param owner the thread
	 */
	public LoopSlot(Thread owner) {
		this(null, Objects.requireNonNull(owner, "'owner' must not be null"));
	}

	private LoopSlot(@Nullable String name, @Nullable Thread owner) {
		this.name = name;
		this.owner = new WeakReference<>(owner);
	}

	/**
	 * Create the slot of a context that is not a thread, with its loop.
	 * @param name the context's name in reports
	 * @param loop the loop that it begins with
	 * @return the slot
	 */
	public static LoopSlot holding(String name, EventLoop loop) {
		LoopSlot slot = new LoopSlot(name);
		slot.set(Objects.requireNonNull(loop, "'loop' must not be null"));
		return slot;
	}

	@Nullable EventLoop loop() {
		return this.content.loop();
	}

	boolean wasSet() {
		return this.content.wasSet();
	}

	void set(@Nullable EventLoop loop) {
		this.content = new Content(true, loop);
	}

	boolean belongsTo(Thread thread) {
		return this.owner.refersTo(thread);
	}

	LoopSlot copyFor(@Nullable Thread newOwner) {
		LoopSlot copy = new LoopSlot(null, newOwner);
		copy.content = this.content;
		return copy;
	}

	/**
	 * Return the context for reporting, unless it has no open loop or its thread has
	 * terminated.
	 */
	Optional<LoopContext> context() {
		EventLoop loop = loop();
		String label = (this.name != null) ? this.name : nameOf(this.owner.get());
		return (loop == null || label == null || loop.isClosed()) ? Optional.empty()
				: Optional.of(new LoopContext(cut(label), loop));
	}

	private static @Nullable String nameOf(@Nullable Thread thread) {
		if (thread == null || !thread.isAlive()) {
			return null;
		}
		return thread.getName().isBlank() ? "unnamed" : thread.getName();
	}

	private static String cut(String label) {
		return (label.length() <= NAME_LIMIT) ? label : label.substring(0, NAME_LIMIT);
	}

	private record Content(boolean wasSet, @Nullable EventLoop loop) {

	}

}
