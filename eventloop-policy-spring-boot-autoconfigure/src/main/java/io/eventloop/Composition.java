package io.eventloop;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Links a stage with the inner stage that its callback returns, whichever exists first,
 * so that abandoning the stage also abandons the inner one.
 *
 * @param <A> the type of the callback's argument
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
	 * Set the stage that was created with this callback.
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
	 * Make the outer stage depend on the inner one. If there is no memory for that,
	 * abandoning the outer stage does not reach the inner one; its result arrives all the
	 * same.
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
