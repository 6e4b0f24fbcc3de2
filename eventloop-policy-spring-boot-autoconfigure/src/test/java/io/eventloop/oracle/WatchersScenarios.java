package io.eventloop.oracle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import io.eventloop.ChildHandler;
import io.eventloop.ChildWatcher;
import io.eventloop.EventLoop;
import io.eventloop.EventLoops;
import io.eventloop.SpawnScope;
import io.eventloop.SubprocessProtocol;
import io.eventloop.SubprocessSpec;
import io.eventloop.watcher.FastChildWatcher;
import io.eventloop.watcher.MultiLoopChildWatcher;
import io.eventloop.watcher.PidfdChildWatcher;
import io.eventloop.watcher.SafeChildWatcher;
import io.eventloop.watcher.ThreadedChildWatcher;
import org.junit.jupiter.api.DisplayName;

/**
 * What {@code watchers.py} does.
 */
final class WatchersScenarios {

	private static final Map<String, Supplier<ChildWatcher>> ALL = new LinkedHashMap<>();

	static {
		ALL.put("threaded", ThreadedChildWatcher::new);
		ALL.put("pidfd", PidfdChildWatcher::new);
		ALL.put("multi-loop", MultiLoopChildWatcher::new);
		ALL.put("safe", SafeChildWatcher::new);
		ALL.put("fast", FastChildWatcher::new);
	}

	private WatchersScenarios() {
	}

	@DisplayName("S145 S146 S185 S192 an exit is told once, with pid and code")
	static void exitIsToldOnce(ScenarioContext scenario) {
		each(scenario, (loop, watcher) -> {
			Child child = new Child(7);
			watcher.addChildHandler(child.pid(), (exit) -> {
				scenario.say("told", exit.pid() == child.pid(), exit.returnCode());
				loop.callSoon(loop::stop);
			});
			scenario.say("registered");
			child.end();
		});
	}

	@DisplayName("S150 death by a signal is told as its negative number")
	static void deathByASignalIsTold(ScenarioContext scenario) {
		each(scenario, (loop, watcher) -> {
			Child child = new Child(0);
			watcher.addChildHandler(child.pid(), telling(scenario, "told", loop));
			child.kill();
		});
	}

	@DisplayName("S151 S168 a child dead before its registration is told")
	static void childDeadBeforeItsRegistrationIsTold(ScenarioContext scenario) {
		each(scenario, (loop, watcher) -> {
			Child child = new Child(3);
			child.die();
			watcher.addChildHandler(child.pid(), telling(scenario, "told", loop));
		});
	}

	@DisplayName("S149 two children that die together are both told")
	static void twoChildrenThatDieTogetherAreBothTold(ScenarioContext scenario) {
		each(scenario, (loop, watcher) -> {
			List<Integer> codes = new ArrayList<>();
			List<Child> children = List.of(new Child(1), new Child(2));
			children.forEach((child) -> watcher.addChildHandler(child.pid(), (exit) -> {
				codes.add(exit.returnCode());
				if (codes.size() == 2) {
					scenario.say(codes.stream().sorted().toList());
					loop.stop();
				}
			}));
			children.forEach(Child::die);
		});
	}

	@DisplayName("S152 registering again replaces")
	static void registeringAgainReplaces(ScenarioContext scenario) {
		each(scenario, (loop, watcher) -> {
			Child child = new Child(5);
			watcher.addChildHandler(child.pid(), telling(scenario, "first told", loop));
			watcher.addChildHandler(child.pid(), telling(scenario, "second told", loop));
			child.end();
		}, "multi-loop", "safe", "fast");
	}

	@DisplayName("S153 S190 S195 removing tells whether there was one, with every watcher")
	@Differs(row = "S190", there = { "threaded", "true true", "pidfd", "true true" },
			here = { "threaded", "true false", "pidfd", "true false" })
	static void removingTellsWhetherThereWasOne(ScenarioContext scenario) {
		each(scenario, (loop, watcher) -> {
			Child child = new Child(0);
			watcher.addChildHandler(child.pid(), (exit) -> {
			});
			scenario.say(watcher.removeChildHandler(child.pid()), watcher.removeChildHandler(child.pid()));
			child.kill();
			child.reap();
			loop.stop();
		});
	}

	@DisplayName("S153 a removed child is not told")
	static void removedChildIsNotTold(ScenarioContext scenario) {
		each(scenario, (loop, watcher) -> {
			Child removed = new Child(1);
			Child other = new Child(2);
			watcher.addChildHandler(removed.pid(), telling(scenario, "removed told", loop));
			watcher.addChildHandler(other.pid(), telling(scenario, "other told", loop));
			watcher.removeChildHandler(removed.pid());
			removed.die();
			removed.reap();
			other.end();
		}, "multi-loop", "safe");
	}

	@DisplayName("S148 S166 a handler may start another child")
	static void handlerMayStartAnotherChild(ScenarioContext scenario) {
		each(scenario, (loop, watcher) -> {
			Child first = new Child(1);
			watcher.addChildHandler(first.pid(), (exit) -> {
				scenario.say("first told", exit.returnCode());
				loop.callSoon(() -> within(watcher, () -> {
					Child second = new Child(2);
					watcher.addChildHandler(second.pid(), telling(scenario, "second told", loop));
					second.end();
				}));
			});
			first.end();
		});
	}

	@DisplayName("S155 S156 a broken handler harms no other")
	static void brokenHandlerHarmsNoOther(ScenarioContext scenario) {
		each(scenario, (loop, watcher) -> {
			Child first = new Child(1);
			Child second = new Child(2);
			loop.setExceptionHandler((failed, context) -> {
				scenario.say("handler:", context.exception());
				loop.callSoon(second::end);
			});
			watcher.addChildHandler(first.pid(), (exit) -> {
				throw new IllegalArgumentException();
			});
			watcher.addChildHandler(second.pid(), telling(scenario, "told", loop));
			first.end();
		});
	}

	@DisplayName("S157 S180 S186 S197 a child reaped elsewhere is told as lost, with every watcher")
	@Differs(row = "S197", there = { "pidfd", "raises ProcessLookupException" }, here = { "pidfd", "told 255" })
	static void childReapedElsewhereIsLost(ScenarioContext scenario) {
		each(scenario, (loop, watcher) -> {
			Child child = new Child(1);
			child.die();
			child.steal();
			watcher.addChildHandler(child.pid(), telling(scenario, "told", loop));
		}, "threaded", "multi-loop", "safe", "pidfd");
	}

	@DisplayName("S163 S173 S177 S183 S195 watchers are active with and without a loop")
	@Differs(row = "S173", there = "multi-loop false true true", here = "multi-loop true true true")
	static void watchersAreActiveWithAndWithoutALoop(ScenarioContext scenario) {
		ALL.forEach((name, factory) -> {
			ChildWatcher watcher = factory.get();
			EventLoop loop = scenario.newLoop();
			boolean alone = watcher.isActive();
			watcher.attachLoop(loop);
			boolean attached = watcher.isActive();
			loop.callSoon(() -> scenario.say(name, alone, attached, watcher.isActive()));
			scenario.runOnce(loop);
			watcher.attachLoop(null);
			watcher.close();
		});
	}

	@DisplayName("S178 S184 S191 registering needs a running loop")
	static void registeringNeedsARunningLoop(ScenarioContext scenario) {
		for (String name : new String[] { "threaded", "pidfd", "multi-loop" }) {
			ChildWatcher watcher = ALL.get(name).get();
			watcher.attachLoop(null);
			Child child = new Child(0);
			within(watcher, scenario.attempting(name, () -> watcher.addChildHandler(child.pid(), (exit) -> {
			})));
			child.kill();
			child.reap();
			watcher.close();
		}
	}

	@DisplayName("S164 a pid of no single child is refused")
	static void pidOfNoSingleChildIsRefused(ScenarioContext scenario) {
		each(scenario, (loop, watcher) -> {
			scenario.attempt("0", () -> watcher.addChildHandler(0, (exit) -> {
			}));
			scenario.attempt("-1", () -> watcher.addChildHandler(-1, (exit) -> {
			}));
			loop.stop();
		}, "multi-loop", "safe");
	}

	@DisplayName("S198 an inactive watcher refuses the spawn")
	static void inactiveWatcherRefusesTheSpawn(ScenarioContext scenario) {
		for (String name : new String[] { "safe", "fast" }) {
			EventLoops.setChildWatcher(ALL.get(name).get());
			EventLoop loop = scenario.newLoop();
			scenario.attempt(name, () -> loop.runUntilComplete(loop.subprocessExec(() -> new SubprocessProtocol() {
			}, SubprocessSpec.exec("/bin/true"))));
		}
	}

	@DisplayName("S199 spawns are told whatever the watcher")
	static void spawnsAreToldWhateverTheWatcher(ScenarioContext scenario) {
		ALL.forEach((name, factory) -> {
			ChildWatcher watcher = factory.get();
			EventLoops.setChildWatcher(watcher);
			EventLoop loop = scenario.newLoop();
			watcher.attachLoop(loop);
			scenario.say(name, loop.runUntilComplete(
					loop.subprocess(SubprocessSpec.shell("exit 6")).thenCompose((child) -> child.onExit())));
			watcher.attachLoop(null);
		});
	}

	private static void each(ScenarioContext scenario, BiConsumer<EventLoop, ChildWatcher> script, String... names) {
		for (String name : (names.length > 0) ? List.of(names) : ALL.keySet()) {
			EventLoop loop = scenario.newLoop();
			ChildWatcher watcher = ALL.get(name).get();
			watcher.attachLoop(loop);
			scenario.say(name);
			loop.callSoon(() -> within(watcher, () -> script.accept(loop, watcher)));
			loop.runForever();
			watcher.attachLoop(null);
			watcher.close();
		}
	}

	private static void within(ChildWatcher watcher, Runnable code) {
		SpawnScope scope = watcher.enter();
		try {
			code.run();
		}
		finally {
			scope.close();
		}
	}

	private static ChildHandler telling(ScenarioContext scenario, String what, EventLoop loop) {
		return (exit) -> {
			scenario.say(what, exit.returnCode());
			loop.callSoon(loop::stop);
		};
	}

}
