package io.eventloop.oracle;

import io.eventloop.ChildHandler;
import io.eventloop.ChildWatcher;
import io.eventloop.EventLoop;
import io.eventloop.EventLoopPolicy;
import io.eventloop.EventLoops;
import io.eventloop.SpawnScope;
import io.eventloop.policy.DefaultEventLoopPolicy;
import io.eventloop.watcher.ThreadedChildWatcher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;

/**
 * What {@code policies.py} does.
 */
final class PoliciesScenarios {

	private PoliciesScenarios() {
	}

	@DisplayName("S2 S5 the policy is one object until it is set; after null it is a fresh one")
	static void policyIsOneObjectUntilItIsSet(Scene scene) {
		EventLoopPolicy policy = EventLoops.getEventLoopPolicy();
		scene.say(EventLoops.getEventLoopPolicy() == policy);
		EventLoops.setEventLoopPolicy(null);
		EventLoopPolicy fresh = EventLoops.getEventLoopPolicy();
		scene.say(fresh == policy, EventLoops.getEventLoopPolicy() == fresh);
		EventLoops.setEventLoopPolicy(policy);
		scene.say(EventLoops.getEventLoopPolicy() == policy);
	}

	@DisplayName("S6 replacing the policy leaves loops alone")
	static void replacingThePolicyLeavesLoopsAlone(Scene scene) {
		EventLoop loop = scene.newLoop();
		EventLoops.setEventLoop(loop);
		EventLoops.setEventLoopPolicy(new DefaultEventLoopPolicy());
		scene.say(loop.isClosed());
		loop.callSoon(scene.saying("still runs"));
		scene.runOnce(loop);
	}

	@DisplayName("S7 S9 the main thread gets a loop on demand, the same again")
	static void mainThreadGetsALoopOnDemand(Scene scene) {
		EventLoop loop = EventLoops.getEventLoop();
		scene.say(loop.isRunning(), loop.isClosed(), EventLoops.getEventLoop() == loop);
	}

	@DisplayName("S10 S19 creation on demand goes through the subclass")
	static void creationOnDemandGoesThroughTheSubclass(Scene scene) {
		EventLoops.setEventLoopPolicy(new TellingPolicy(scene));
		EventLoops.getEventLoop();
		scene.say("again");
		EventLoops.getEventLoop();
	}

	@DisplayName("S11 after a set to null there is no loop, and none is made")
	static void afterSetToNoneThereIsNone(Scene scene) {
		EventLoops.setEventLoop(null);
		scene.attempt("get", EventLoops::getEventLoop);
		scene.attempt("again", EventLoops::getEventLoop);
		EventLoop loop = scene.newLoop();
		EventLoops.setEventLoop(loop);
		scene.say(EventLoops.getEventLoop() == loop);
	}

	@DisplayName("S12 S14 another thread has no loop until it is set there")
	static void otherThreadHasNoLoopUntilItIsSet(Scene scene) {
		EventLoop loop = scene.newLoop();
		Scene.inThread(() -> {
			scene.attempt("get", EventLoops::getEventLoop);
			EventLoops.setEventLoop(loop);
			scene.say(EventLoops.getEventLoop() == loop);
		});
		Scene.inThread(() -> scene.attempt("get", EventLoops::getEventLoop));
	}

	@DisplayName("S13 each thread has its own loop")
	static void eachThreadHasItsOwnLoop(Scene scene) {
		EventLoop mine = scene.newLoop();
		EventLoops.setEventLoop(mine);
		Scene.inThread(() -> EventLoops.setEventLoop(scene.newLoop()));
		scene.say(EventLoops.getEventLoop() == mine);
	}

	@DisplayName("S16 S24 a new loop is not the current one")
	static void newLoopIsNotTheCurrentOne(Scene scene) {
		EventLoop current = scene.newLoop();
		EventLoops.setEventLoop(current);
		scene.say(scene.newLoop() == current, EventLoops.getEventLoop() == current);
	}

	@DisplayName("S18 S22 the running loop comes before the policy's")
	static void runningLoopComesBeforeThePolicys(Scene scene) {
		EventLoops.setEventLoopPolicy(new TellingPolicy(scene));
		EventLoop current = scene.newLoop();
		EventLoop running = scene.newLoop();
		EventLoops.setEventLoop(current);
		running.callSoon(() -> scene.say(EventLoops.getEventLoop() == running, EventLoops.getRunningLoop() == running));
		running.callSoon(() -> scene.say(EventLoops.getEventLoopPolicy().getEventLoop() == current));
		scene.runOnce(running);
		scene.say(EventLoops.getEventLoop() == current);
	}

	@DisplayName("S20 outside of a run there is no running loop")
	static void noRunningLoopOutsideOfARun(Scene scene) {
		EventLoop loop = scene.newLoop();
		EventLoops.setEventLoop(loop);
		scene.attempt("get_running_loop", EventLoops::getRunningLoop);
		scene.say(EventLoops.findRunningLoop());
		scene.runOnce(loop);
		scene.attempt("get_running_loop", EventLoops::getRunningLoop);
	}

	@DisplayName("S21 the running loop is that of its thread")
	static void runningLoopIsThatOfItsThread(Scene scene) {
		EventLoop loop = scene.newLoop();
		loop.callSoon(() -> {
			scene.say(EventLoops.getRunningLoop() == loop);
			Scene.inThread(() -> scene.attempt("get_running_loop", EventLoops::getRunningLoop));
		});
		scene.runOnce(loop);
	}

	@DisplayName("S1 a policy without watchers refuses them")
	static void policyWithoutWatchersRefusesThem(Scene scene) {
		EventLoops.setEventLoopPolicy(new Bare());
		scene.attempt("get_child_watcher", EventLoops::getChildWatcher);
		scene.attempt("set_child_watcher", () -> EventLoops.setChildWatcher(null));
		EventLoops.setEventLoopPolicy(null);
	}

	@DisplayName("S25 S27 the watcher is one object until it is set; after null it is a fresh one")
	static void watcherIsOneObjectUntilItIsSet(Scene scene) {
		EventLoops.setEventLoopPolicy(null);
		ChildWatcher watcher = EventLoops.getChildWatcher();
		scene.say(EventLoops.getChildWatcher() == watcher);
		ChildWatcher other = new ThreadedChildWatcher();
		EventLoops.setChildWatcher(other);
		scene.say(EventLoops.getChildWatcher() == other);
		EventLoops.setChildWatcher(null);
		scene.say(EventLoops.getChildWatcher() == other, EventLoops.getChildWatcher() == watcher);
	}

	@DisplayName("S27 setting a watcher closes the one before, but not itself")
	@Differs(row = "S27", there = { "the same", "closed" }, here = "the same")
	static void settingAWatcherClosesTheOneBefore(Scene scene) {
		EventLoops.setChildWatcher(new TellingWatcher(scene));
		scene.say("set");
		EventLoops.setChildWatcher(new ThreadedChildWatcher());
		ChildWatcher watcher = new TellingWatcher(scene);
		EventLoops.setChildWatcher(watcher);
		scene.say("the same");
		EventLoops.setChildWatcher(watcher);
		scene.say("none");
		EventLoops.setChildWatcher(null);
	}

	@DisplayName("S28 S29 S30 setting the loop of the main thread, and of no other, attaches the watcher")
	static void settingTheLoopOfTheMainThreadAttachesTheWatcher(Scene scene) {
		EventLoops.setChildWatcher(new TellingWatcher(scene));
		EventLoop loop = scene.newLoop();
		EventLoops.setEventLoop(loop);
		EventLoops.setEventLoop(null);
		Scene.inThread(() -> EventLoops.setEventLoop(loop));
		scene.say("other thread");
	}

	/**
	 * Tells of every call.
	 */
	private static final class TellingPolicy extends Scene.Policy {

		private final Scene scene;

		TellingPolicy(Scene scene) {
			super(scene);
			this.scene = scene;
		}

		@Override
		public EventLoop getEventLoop() {
			this.scene.say("get");
			return super.getEventLoop();
		}

		@Override
		public EventLoop newEventLoop() {
			this.scene.say("new");
			return super.newEventLoop();
		}

		@Override
		public void setEventLoop(@Nullable EventLoop loop) {
			this.scene.say("set");
			super.setEventLoop(loop);
		}

	}

	/**
	 * What a policy must have, and no more.
	 */
	private static final class Bare implements EventLoopPolicy {

		@Override
		public EventLoop getEventLoop() {
			throw new UnsupportedOperationException();
		}

		@Override
		public void setEventLoop(@Nullable EventLoop loop) {
			throw new UnsupportedOperationException();
		}

		@Override
		public EventLoop newEventLoop() {
			throw new UnsupportedOperationException();
		}

	}

	/**
	 * Tells what becomes of it.
	 */
	private record TellingWatcher(Scene scene) implements ChildWatcher {

		@Override
		public void attachLoop(@Nullable EventLoop loop) {
			this.scene.say("attached to", (loop != null) ? "a loop" : "no loop");
		}

		@Override
		public void close() {
			this.scene.say("closed");
		}

		@Override
		public void addChildHandler(long pid, ChildHandler handler) {
			throw new UnsupportedOperationException();
		}

		@Override
		public boolean removeChildHandler(long pid) {
			throw new UnsupportedOperationException();
		}

		@Override
		public boolean isActive() {
			return true;
		}

		@Override
		public SpawnScope enter() {
			throw new UnsupportedOperationException();
		}

	}

}
