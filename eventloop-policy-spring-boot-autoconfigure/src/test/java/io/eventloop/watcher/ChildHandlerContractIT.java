package io.eventloop.watcher;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.eventloop.ExceptionContext;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How handlers are replaced and removed, and what their errors do.
 */
class ChildHandlerContractIT extends ChildWatcherContract {

	ChildHandlerContractIT(Candidate candidate) {
		super(candidate);
	}

	@Test
	@DisplayName("S152 S190 registering again replaces the handler")
	void registeringAgainReplacesTheHandler() {
		TestChild child = TestChild.running(5);
		register(this.main, child, this.others);
		register(this.main, child, this.exits);
		child.end();
		assertThat(this.exits.next().returnCode()).isEqualTo(5);
		assertThat(this.others.isEmpty()).isTrue();
	}

	@Test
	@DisplayName("S152 a handler can be replaced while the exit waits to be reported")
	void handlerIsReplacedAfterTheExit() {
		TestChild child = TestChild.ended(5);
		CountDownLatch goOn = this.main.block();
		this.main.loop().callSoonThreadsafe(() -> this.watcher.addChildHandler(child.pid(), this.others));
		this.main.loop().callSoonThreadsafe(() -> this.watcher.addChildHandler(child.pid(), this.exits));
		goOn.countDown();
		assertThat(this.exits.next().returnCode()).isEqualTo(5);
		assertThat(this.others.isEmpty()).isTrue();
	}

	@Test
	@DisplayName("S152 a handler that is replaced from another loop moves there")
	void handlerMovesToAnotherLoop() {
		TestChild child = TestChild.running(5);
		register(this.main, child, this.others);
		try (LoopThread second = new LoopThread("second-loop")) {
			register(second, child, this.exits);
			child.end();
			assertThat(this.exits.next().loop()).isSameAs(second.loop());
		}
		assertThat(this.others.isEmpty()).isTrue();
	}

	@Test
	@DisplayName("S152 a handler that has moved does not depend on the loop it came from")
	void handlerThatMovedOutlivesItsFirstLoop() {
		TestChild child = TestChild.running(5);
		try (LoopThread second = new LoopThread("second-loop")) {
			register(second, child, this.others);
			second.stop();
			register(this.main, child, this.exits);
			child.end();
			assertThat(this.exits.next().returnCode()).isEqualTo(5);
		}
		assertThat(this.others.isEmpty()).isTrue();
	}

	@Test
	@DisplayName("S153 S190 removing answers true, then false; the child is left unreaped")
	void removedHandlerIsNotCalled() {
		List<TestChild> children = TestChild.together(1, 2);
		register(this.main, children.get(0), this.exits);
		register(this.main, children.get(1), this.others);
		assertThat(this.watcher.removeChildHandler(children.get(0).pid())).isTrue();
		assertThat(this.watcher.removeChildHandler(children.get(0).pid())).isFalse();
		children.get(0).end();
		this.others.next();
		children.get(0).awaitEnd();
		this.main.run(() -> {
		});
		assertThat(this.exits.isEmpty()).isTrue();
		awaitAbandoned(children.get(0).pid());
		children.get(0).reap();
	}

	@Test
	@DisplayName("S190 removing what was never registered answers false")
	void removingNothingAnswersFalse() {
		TestChild child = TestChild.ended(0);
		assertThat(this.watcher.removeChildHandler(child.pid())).isFalse();
		assertThat(this.watcher.removeChildHandler(-1)).isFalse();
		child.reap();
	}

	@Test
	@DisplayName("S153 a handler can be removed while the exit waits to be reported")
	void handlerIsRemovedAfterTheExit() {
		TestChild child = TestChild.running(1);
		register(this.main, child, this.exits);
		CountDownLatch goOn = this.main.block();
		child.end();
		child.awaitEnd();
		assertThat(this.watcher.removeChildHandler(child.pid())).isTrue();
		goOn.countDown();
		this.main.run(() -> {
		});
		assertThat(this.exits.isEmpty()).isTrue();
		awaitAbandoned(child.pid());
		child.reap();
	}

	@Test
	@DisplayName("S190 a removed child can be registered again")
	void removedChildIsRegisteredAgain() {
		TestChild child = TestChild.running(4);
		register(this.main, child, this.others);
		this.watcher.removeChildHandler(child.pid());
		register(this.main, child, this.exits);
		child.end();
		assertThat(this.exits.next().returnCode()).isEqualTo(4);
		assertThat(this.others.isEmpty()).isTrue();
	}

	@Test
	@DisplayName("S190 a child that was removed and has ended can be registered again")
	void removedAndEndedChildIsRegisteredAgain() {
		TestChild child = TestChild.running(4);
		register(this.main, child, this.others);
		this.watcher.removeChildHandler(child.pid());
		child.end();
		child.awaitEnd();
		register(this.main, child, this.exits);
		assertThat(this.exits.next().returnCode()).isEqualTo(4);
		assertThat(this.others.isEmpty()).isTrue();
	}

	@Test
	@DisplayName("S155 S156 a handler's error goes to its loop's exception handler and harms no other child")
	void handlersErrorHarmsNoOtherChild() throws Exception {
		BlockingQueue<ExceptionContext> errors = new LinkedBlockingQueue<>();
		this.main.run(() -> this.main.loop().setExceptionHandler((loop, context) -> errors.add(context)));
		List<TestChild> children = TestChild.together(1, 2, 3);
		AssertionError error = new AssertionError("the handler's");
		IllegalStateException exception = new IllegalStateException("the handler's");
		this.main.run(() -> {
			this.watcher.addChildHandler(children.get(0).pid(), (exit) -> {
				throw error;
			});
			this.watcher.addChildHandler(children.get(1).pid(), (exit) -> {
				throw exception;
			});
			this.watcher.addChildHandler(children.get(2).pid(), this.exits);
		});
		children.get(0).end();
		assertThat(this.exits.next().returnCode()).isEqualTo(3);
		List<ExceptionContext> reported = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			ExceptionContext context = errors.poll(20, TimeUnit.SECONDS);
			assertThat(context).isNotNull();
			reported.add(context);
		}
		assertThat(reported).extracting(ExceptionContext::exception).containsExactlyInAnyOrder(error, exception);
		assertThat(reported).extracting(ExceptionContext::message)
			.containsExactlyInAnyOrder("The handler of child process %d failed".formatted(children.get(0).pid()),
					"The handler of child process %d failed".formatted(children.get(1).pid()));
	}

	@Test
	void handlersMayRegisterAndRemove() {
		List<TestChild> children = List.of(TestChild.running(1), TestChild.running(2), TestChild.running(3));
		register(this.main, children.get(1), this.others);
		this.main.run(() -> this.watcher.addChildHandler(children.get(0).pid(), (exit) -> {
			this.watcher.removeChildHandler(children.get(1).pid());
			this.watcher.addChildHandler(children.get(2).pid(), this.exits);
			children.get(2).end();
		}));
		children.get(0).end();
		assertThat(this.exits.next().returnCode()).isEqualTo(3);
		children.get(1).end();
		children.get(1).reap();
		assertThat(this.others.isEmpty()).isTrue();
	}

}
