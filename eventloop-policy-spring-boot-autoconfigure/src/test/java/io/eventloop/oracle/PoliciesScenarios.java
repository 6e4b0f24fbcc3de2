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
	static void policyIsOneObjectUntilItIsSet(ScenarioContext scenario) {
		EventLoopPolicy policy = EventLoops.getEventLoopPolicy();
		scenario.say(EventLoops.getEventLoopPolicy() == policy);
		EventLoops.setEventLoopPolicy(null);
		EventLoopPolicy fresh = EventLoops.getEventLoopPolicy();
		scenario.say(fresh == policy, EventLoops.getEventLoopPolicy() == fresh);
		EventLoops.setEventLoopPolicy(policy);
		scenario.say(EventLoops.getEventLoopPolicy() == policy);
	}

	@DisplayName("S6 replacing the policy leaves loops alone")
	static void replacingThePolicyLeavesLoopsAlone(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		EventLoops.setEventLoop(loop);
		EventLoops.setEventLoopPolicy(new DefaultEventLoopPolicy());
		scenario.say(loop.isClosed());
		loop.callSoon(scenario.saying("still runs"));
		scenario.runOnce(loop);
	}

	@DisplayName("S7 S9 the main thread gets a loop on demand, the same again")
	static void mainThreadGetsALoopOnDemand(ScenarioContext scenario) {
		EventLoop loop = EventLoops.getEventLoop();
		scenario.say(loop.isRunning(), loop.isClosed(), EventLoops.getEventLoop() == loop);
	}

	@DisplayName("S10 S19 creation on demand goes through the subclass")
	static void creationOnDemandGoesThroughTheSubclass(ScenarioContext scenario) {
		EventLoops.setEventLoopPolicy(new TellingPolicy(scenario));
		EventLoops.getEventLoop();
		scenario.say("again");
		EventLoops.getEventLoop();
	}

	@DisplayName("S11 after a set to null there is no loop, and none is made")
	static void afterSetToNoneThereIsNone(ScenarioContext scenario) {
		EventLoops.setEventLoop(null);
		scenario.attempt("get", EventLoops::getEventLoop);
		scenario.attempt("again", EventLoops::getEventLoop);
		EventLoop loop = scenario.newLoop();
		EventLoops.setEventLoop(loop);
		scenario.say(EventLoops.getEventLoop() == loop);
	}

	@DisplayName("S12 S14 another thread has no loop until it is set there")
	static void otherThreadHasNoLoopUntilItIsSet(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		ScenarioContext.inThread(() -> {
			scenario.attempt("get", EventLoops::getEventLoop);
			EventLoops.setEventLoop(loop);
			scenario.say(EventLoops.getEventLoop() == loop);
		});
		ScenarioContext.inThread(() -> scenario.attempt("get", EventLoops::getEventLoop));
	}

	@DisplayName("S13 each thread has its own loop")
	static void eachThreadHasItsOwnLoop(ScenarioContext scenario) {
		EventLoop mine = scenario.newLoop();
		EventLoops.setEventLoop(mine);
		ScenarioContext.inThread(() -> EventLoops.setEventLoop(scenario.newLoop()));
		scenario.say(EventLoops.getEventLoop() == mine);
	}

	@DisplayName("S16 S24 a new loop is not the current one")
	static void newLoopIsNotTheCurrentOne(ScenarioContext scenario) {
		EventLoop current = scenario.newLoop();
		EventLoops.setEventLoop(current);
		scenario.say(scenario.newLoop() == current, EventLoops.getEventLoop() == current);
	}

	@DisplayName("S18 S22 the running loop comes before the policy's")
	static void runningLoopComesBeforeThePolicys(ScenarioContext scenario) {
		EventLoops.setEventLoopPolicy(new TellingPolicy(scenario));
		EventLoop current = scenario.newLoop();
		EventLoop running = scenario.newLoop();
		EventLoops.setEventLoop(current);
		running
			.callSoon(() -> scenario.say(EventLoops.getEventLoop() == running, EventLoops.getRunningLoop() == running));
		running.callSoon(() -> scenario.say(EventLoops.getEventLoopPolicy().getEventLoop() == current));
		scenario.runOnce(running);
		scenario.say(EventLoops.getEventLoop() == current);
	}

	@DisplayName("S20 outside of a run there is no running loop")
	static void noRunningLoopOutsideOfARun(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		EventLoops.setEventLoop(loop);
		scenario.attempt("get_running_loop", EventLoops::getRunningLoop);
		scenario.say(EventLoops.findRunningLoop());
		scenario.runOnce(loop);
		scenario.attempt("get_running_loop", EventLoops::getRunningLoop);
	}

	@DisplayName("S21 the running loop is that of its thread")
	static void runningLoopIsThatOfItsThread(ScenarioContext scenario) {
		EventLoop loop = scenario.newLoop();
		loop.callSoon(() -> {
			scenario.say(EventLoops.getRunningLoop() == loop);
			ScenarioContext.inThread(() -> scenario.attempt("get_running_loop", EventLoops::getRunningLoop));
		});
		scenario.runOnce(loop);
	}

	@DisplayName("S1 a policy without watchers refuses them")
	static void policyWithoutWatchersRefusesThem(ScenarioContext scenario) {
		EventLoops.setEventLoopPolicy(new Bare());
		scenario.attempt("get_child_watcher", EventLoops::getChildWatcher);
		scenario.attempt("set_child_watcher", () -> EventLoops.setChildWatcher(null));
		EventLoops.setEventLoopPolicy(null);
	}

	@DisplayName("S25 S27 the watcher is one object until it is set; after null it is a fresh one")
	static void watcherIsOneObjectUntilItIsSet(ScenarioContext scenario) {
		EventLoops.setEventLoopPolicy(null);
		ChildWatcher watcher = EventLoops.getChildWatcher();
		scenario.say(EventLoops.getChildWatcher() == watcher);
		ChildWatcher other = new ThreadedChildWatcher();
		EventLoops.setChildWatcher(other);
		scenario.say(EventLoops.getChildWatcher() == other);
		EventLoops.setChildWatcher(null);
		scenario.say(EventLoops.getChildWatcher() == other, EventLoops.getChildWatcher() == watcher);
	}

	@DisplayName("S27 setting a watcher closes the one before, but not itself")
	@Differs(row = "S27", there = { "the same", "closed" }, here = "the same")
	static void settingAWatcherClosesTheOneBefore(ScenarioContext scenario) {
		EventLoops.setChildWatcher(new TellingWatcher(scenario));
		scenario.say("set");
		EventLoops.setChildWatcher(new ThreadedChildWatcher());
		ChildWatcher watcher = new TellingWatcher(scenario);
		EventLoops.setChildWatcher(watcher);
		scenario.say("the same");
		EventLoops.setChildWatcher(watcher);
		scenario.say("none");
		EventLoops.setChildWatcher(null);
	}

	@DisplayName("S28 S29 S30 setting the loop of the main thread, and of no other, attaches the watcher")
	static void settingTheLoopOfTheMainThreadAttachesTheWatcher(ScenarioContext scenario) {
		EventLoops.setChildWatcher(new TellingWatcher(scenario));
		EventLoop loop = scenario.newLoop();
		EventLoops.setEventLoop(loop);
		EventLoops.setEventLoop(null);
		ScenarioContext.inThread(() -> EventLoops.setEventLoop(loop));
		scenario.say("other thread");
	}

	/**
	 * Tells of every call.
	 */
	private static final class TellingPolicy extends ScenarioContext.Policy {

		private final ScenarioContext scenario;

		TellingPolicy(ScenarioContext scenario) {
			super(scenario);
			this.scenario = scenario;
		}

		@Override
		public EventLoop getEventLoop() {
			this.scenario.say("get");
			return super.getEventLoop();
		}

		@Override
		public EventLoop newEventLoop() {
			this.scenario.say("new");
			return super.newEventLoop();
		}

		@Override
		public void setEventLoop(@Nullable EventLoop loop) {
			this.scenario.say("set");
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
	private record TellingWatcher(ScenarioContext scenario) implements ChildWatcher {

		@Override
		public void attachLoop(@Nullable EventLoop loop) {
			this.scenario.say("attached to", (loop != null) ? "a loop" : "no loop");
		}

		@Override
		public void close() {
			this.scenario.say("closed");
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
