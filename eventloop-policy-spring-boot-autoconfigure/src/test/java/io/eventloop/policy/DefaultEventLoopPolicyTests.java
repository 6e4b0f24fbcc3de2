package io.eventloop.policy;

import java.util.ArrayList;
import java.util.List;

import io.eventloop.ChildWatcher;
import io.eventloop.EventLoop;
import io.eventloop.loop.SelectorEventLoop;
import io.eventloop.watcher.ThreadedChildWatcher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Timeout(30)
@ExtendWith(OutputCaptureExtension.class)
class DefaultEventLoopPolicyTests {

	private final List<EventLoop> made = new ArrayList<>();

	private final DefaultEventLoopPolicy policy = new DefaultEventLoopPolicy(Thread.currentThread()) {

		@Override
		public EventLoop newEventLoop() {
			EventLoop loop = super.newEventLoop();
			DefaultEventLoopPolicyTests.this.made.add(loop);
			return loop;
		}

	};

	@AfterEach
	void closeLoops() {
		this.made.forEach(EventLoop::close);
	}

	@Test
	@DisplayName("S7 the main thread is given a loop when it asks and none was set")
	void mainThreadIsGivenALoopOnDemand() {
		EventLoop loop = this.policy.getEventLoop();
		assertThat(this.made).containsExactly(loop);
		assertThat(loop.isClosed()).isFalse();
	}

	@Test
	@DisplayName("S9 the second call gives the same loop and no notice")
	void secondCallGivesTheSameLoopQuietly(CapturedOutput output) {
		EventLoop loop = this.policy.getEventLoop();
		assertThat(output).containsOnlyOnce("There is no current event loop");
		assertThat(this.policy.getEventLoop()).isSameAs(loop);
		assertThat(output).containsOnlyOnce("There is no current event loop");
		assertThat(this.made).hasSize(1);
	}

	@Test
	@DisplayName("S8 no notice where no loop is created")
	void noNoticeWhereNoLoopIsCreated(CapturedOutput output) throws Exception {
		this.policy.setEventLoop(this.policy.newEventLoop());
		this.policy.getEventLoop();
		this.policy.setEventLoop(null);
		assertThatIllegalStateException().isThrownBy(this.policy::getEventLoop);
		OtherThread.call("worker", () -> assertThatIllegalStateException().isThrownBy(this.policy::getEventLoop));
		assertThat(output).doesNotContain("creating one");
	}

	@Test
	@DisplayName("S10 a loop made on demand goes through the overridable methods")
	void creationOnDemandGoesThroughTheOverridableMethods() {
		List<String> calls = new ArrayList<>();
		DefaultEventLoopPolicy subclass = new DefaultEventLoopPolicy(Thread.currentThread()) {

			@Override
			public EventLoop newEventLoop() {
				calls.add("new");
				return DefaultEventLoopPolicyTests.this.policy.newEventLoop();
			}

			@Override
			public void setEventLoop(@Nullable EventLoop loop) {
				calls.add("set");
				super.setEventLoop(loop);
			}

		};
		assertThat(subclass.getEventLoop()).isSameAs(this.made.get(0));
		assertThat(calls).containsExactly("new", "set");
	}

	@Test
	@DisplayName("S11 after the loop was set to null the main thread is given none")
	void afterNullTheMainThreadIsGivenNone() {
		this.policy.setEventLoop(null);
		assertThatIllegalStateException().isThrownBy(this.policy::getEventLoop)
			.withMessageContaining("There is no current event loop in thread '%s'", Thread.currentThread().getName());
		assertThat(this.made).isEmpty();
	}

	@Test
	@DisplayName("S12 another thread without a loop is told so, by name")
	void anotherThreadIsToldSo() throws Exception {
		OtherThread.call("worker-7", () -> assertThatIllegalStateException().isThrownBy(this.policy::getEventLoop)
			.withMessageContaining("in thread 'worker-7'; call EventLoops.setEventLoop"));
		assertThat(this.made).isEmpty();
	}

	@Test
	@DisplayName("S13 what one thread sets is invisible in another")
	void eachThreadHasItsOwnSlot() throws Exception {
		EventLoop mine = this.policy.newEventLoop();
		EventLoop theirs = this.policy.newEventLoop();
		this.policy.setEventLoop(mine);
		assertThat(OtherThread.call("worker", () -> {
			this.policy.setEventLoop(theirs);
			return this.policy.getEventLoop();
		})).isSameAs(theirs);
		assertThat(this.policy.getEventLoop()).isSameAs(mine);
	}

	@Test
	@DisplayName("S14 the loop can be set, changed, and set to null")
	void setTakesALoopOrNull() {
		EventLoop first = this.policy.newEventLoop();
		EventLoop second = this.policy.newEventLoop();
		this.policy.setEventLoop(first);
		this.policy.setEventLoop(second);
		assertThat(this.policy.getEventLoop()).isSameAs(second);
		this.policy.setEventLoop(null);
		assertThatIllegalStateException().isThrownBy(this.policy::getEventLoop);
	}

	@Test
	@DisplayName("S16 a new loop does not become current")
	void newLoopDoesNotBecomeCurrent() {
		EventLoop current = this.policy.getEventLoop();
		EventLoop another = this.policy.newEventLoop();
		assertThat(another).isNotSameAs(current);
		assertThat(this.policy.getEventLoop()).isSameAs(current);
	}

	@Test
	@DisplayName("S17 loops are selector loops")
	void loopsAreSelectorLoops() {
		assertThat(this.policy.newEventLoop()).isInstanceOf(SelectorEventLoop.class);
		try (EventLoop loop = new SelectorEventLoopPolicy().newEventLoop()) {
			assertThat(loop).isInstanceOf(SelectorEventLoop.class);
		}
	}

	@Test
	@DisplayName("S7 which thread is the main one can be told, and told anew")
	void mainThreadCanBeTold() throws Exception {
		DefaultEventLoopPolicy told = new DefaultEventLoopPolicy(new Thread(() -> {
		}));
		assertThatIllegalStateException().isThrownBy(told::getEventLoop);
		told.setMainThread(Thread.currentThread());
		try (EventLoop loop = told.getEventLoop()) {
			assertThat(told.getEventLoop()).isSameAs(loop);
		}
		told.setMainThread(null);
		OtherThread.call("worker", () -> assertThatIllegalStateException().isThrownBy(told::getEventLoop));
	}

	@Test
	@DisplayName("S25 the watcher is made on first demand, once, and is the threaded one")
	void watcherIsMadeOnFirstDemand() {
		ChildWatcher watcher = this.policy.getChildWatcher();
		assertThat(watcher).isInstanceOf(ThreadedChildWatcher.class);
		assertThat(this.policy.getChildWatcher()).isSameAs(watcher);
	}

	@Test
	@DisplayName("S25 a subclass says which watcher is made")
	void subclassSaysWhichWatcherIsMade() {
		RecordingWatcher own = new RecordingWatcher();
		DefaultEventLoopPolicy subclass = new DefaultEventLoopPolicy() {

			@Override
			protected ChildWatcher newChildWatcher() {
				return own;
			}

		};
		assertThat(subclass.getChildWatcher()).isSameAs(own);
	}

	@Test
	@DisplayName("S27 setting the watcher closes the previous one")
	void settingTheWatcherClosesThePreviousOne() {
		RecordingWatcher first = new RecordingWatcher();
		RecordingWatcher second = new RecordingWatcher();
		this.policy.setChildWatcher(first);
		this.policy.setChildWatcher(second);
		assertThat(first.closed).isOne();
		assertThat(second.closed).isZero();
		assertThat(this.policy.getChildWatcher()).isSameAs(second);
	}

	@Test
	@DisplayName("S27 a watcher that is set again stays open")
	void settingTheSameWatcherKeepsItOpen() {
		RecordingWatcher watcher = new RecordingWatcher();
		this.policy.setChildWatcher(watcher);
		this.policy.setChildWatcher(watcher);
		assertThat(watcher.isActive()).isTrue();
	}

	@Test
	@DisplayName("S27 after null the watcher is made on demand again")
	void afterNullTheWatcherIsMadeAgain() {
		RecordingWatcher watcher = new RecordingWatcher();
		this.policy.setChildWatcher(watcher);
		this.policy.setChildWatcher(null);
		assertThat(watcher.closed).isOne();
		assertThat(this.policy.getChildWatcher()).isInstanceOf(ThreadedChildWatcher.class);
	}

	@Test
	@DisplayName("S28 setting the watcher attaches no loop")
	void settingTheWatcherAttachesNoLoop() {
		this.policy.setEventLoop(this.policy.newEventLoop());
		RecordingWatcher watcher = new RecordingWatcher();
		this.policy.setChildWatcher(watcher);
		assertThat(watcher.attached).isEmpty();
	}

	@Test
	@DisplayName("S29 setting the main thread's loop attaches the watcher, null detaches it")
	void mainThreadsLoopIsAttached() {
		RecordingWatcher watcher = new RecordingWatcher();
		this.policy.setChildWatcher(watcher);
		EventLoop loop = this.policy.newEventLoop();
		this.policy.setEventLoop(loop);
		this.policy.setEventLoop(null);
		assertThat(watcher.attached).containsExactly(loop, null);
	}

	@Test
	@DisplayName("S30 another thread's loop leaves the watcher alone")
	void anotherThreadsLoopIsNotAttached() throws Exception {
		RecordingWatcher watcher = new RecordingWatcher();
		this.policy.setChildWatcher(watcher);
		EventLoop loop = this.policy.newEventLoop();
		OtherThread.call("worker", () -> {
			this.policy.setEventLoop(loop);
			this.policy.setEventLoop(null);
			return loop;
		});
		assertThat(watcher.attached).isEmpty();
	}

	@Test
	@DisplayName("S31 setting a loop makes no watcher")
	void settingALoopMakesNoWatcher() {
		DefaultEventLoopPolicy subclass = new DefaultEventLoopPolicy(Thread.currentThread()) {

			@Override
			protected ChildWatcher newChildWatcher() {
				throw new AssertionError("A watcher was created, though none was asked for");
			}

		};
		subclass.setEventLoop(this.policy.newEventLoop());
		subclass.setEventLoop(null);
	}

}
