package io.eventloop.subprocess;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

import io.eventloop.LoopFuture;
import org.awaitility.Awaitility;

/**
 * The ways in which callers give up on a future: those that {@link CompletableFuture}
 * offers, on the future itself or on a stage that depends on it.
 */
enum GivingUp {

	CANCEL((future) -> future.cancel(true)),

	TIME_OUT((future) -> future.orTimeout(1, TimeUnit.MILLISECONDS)),

	DEFAULT_AFTER_TIME_OUT((future) -> future.completeOnTimeout(null, 1, TimeUnit.MILLISECONDS)),

	COMPLETE((future) -> future.complete(null)),

	FAIL((future) -> future.completeExceptionally(new IllegalArgumentException("given up"))),

	COMPLETE_ELSEWHERE((future) -> future.completeAsync(() -> null)),

	OBTRUDE((future) -> future.obtrudeValue(null)),

	DEPENDENT_CANCEL((future) -> future.cancel(false), (future) -> future.thenApply(String::valueOf)),

	DEPENDENT_TIME_OUT((future) -> future.orTimeout(1, TimeUnit.MILLISECONDS),
			(future) -> future.thenApply(String::valueOf).handle((text, ex) -> text)),

	COMPOSED_TIME_OUT((future) -> future.orTimeout(1, TimeUnit.MILLISECONDS),
			(future) -> done(future).thenCompose((none) -> future)),

	COMPOSED_ELSEWHERE((future) -> future.cancel(false),
			(future) -> done(future).thenComposeAsync((none) -> future)
				.thenCompose(CompletableFuture::completedFuture)),

	TASK((future) -> future.cancel(false), (future) -> future.loop().createTask(() -> future.thenApply((none) -> 1))),

	TASK_TIME_OUT((future) -> future.orTimeout(1, TimeUnit.MILLISECONDS),
			(future) -> future.loop().createTask(() -> done(future).thenCompose((none) -> future)));

	private final Consumer<CompletableFuture<?>> how;

	private final Function<LoopFuture<?>, CompletableFuture<?>> stage;

	GivingUp(Consumer<CompletableFuture<?>> how) {
		this(how, (future) -> future);
	}

	GivingUp(Consumer<CompletableFuture<?>> how, Function<LoopFuture<?>, CompletableFuture<?>> stage) {
		this.how = how;
		this.stage = stage;
	}

	/**
	 * Give up, and return once that has arrived.
	 */
	void on(LoopFuture<?> future) {
		CompletableFuture<?> stage = this.stage.apply(future);
		if (stage != future) {
			awaitItsTurn(future);
		}
		this.how.accept(stage);
		Awaitility.await().until(stage::isDone);
	}

	/**
	 * Wait until what the loop had to do was done.
	 */
	private static void awaitItsTurn(LoopFuture<?> future) {
		LoopFuture<Void> pass = future.loop().createFuture();
		future.loop().callSoonThreadsafe(() -> future.loop().callSoon(() -> pass.complete(null)));
		pass.join();
	}

	private static LoopFuture<Void> done(LoopFuture<?> sibling) {
		LoopFuture<Void> done = sibling.loop().createFuture();
		done.complete(null);
		return done;
	}

}
