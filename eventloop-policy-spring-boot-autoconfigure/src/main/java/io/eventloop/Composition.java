package io.eventloop;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Brings together a stage and the inner one that its callback returns, in whichever order
 * they come, so that the inner one learns when the stage is given up.
 *
 * @param <A> what the callback is given
 * @param <U> the result's type
 */
final class Composition<A, U> implements Function<A, CompletionStage<U>> {

	private final Function<? super A, ? extends CompletionStage<U>> callback;

	private @Nullable LoopFuture<U> stage;

	private @Nullable LoopFuture<?> inner;

	Composition(Function<? super A, ? extends CompletionStage<U>> callback) {
		this.callback = Objects.requireNonNull(callback);
	}

	/**
	 * Take the stage that was made with this as its callback.
	 * @return the stage
	 */
	CompletableFuture<U> of(CompletableFuture<U> made) {
		if (made instanceof LoopFuture<U> owned && !made.isDone()) {
			owned.dependents();
			LoopFuture<?> known;
			synchronized (this) {
				this.stage = owned;
				known = this.inner;
			}
			if (known != null) {
				owned.dependOn(known);
			}
		}
		return made;
	}

	@Override
	public CompletionStage<U> apply(A argument) {
		CompletionStage<U> given = this.callback.apply(argument);
		if (given instanceof LoopFuture<U> awaited) {
			LoopFuture<U> known;
			synchronized (this) {
				this.inner = awaited;
				known = this.stage;
			}
			if (known != null) {
				link(known, awaited);
			}
		}
		return given;
	}

	/**
	 * Without memory for that, the inner stage does not learn that the outer one is given
	 * up; its result arrives all the same.
	 */
	private void link(LoopFuture<?> outer, LoopFuture<?> awaited) {
		try {
			outer.dependOn(awaited);
		}
		catch (OutOfMemoryError ex) {
			// Nothing was linked: there is nothing to undo
			this.inner = null;
		}
	}

}
