package io.eventloop.client;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import io.eventloop.ChildRestrictions;
import io.eventloop.EventLoop;
import io.eventloop.EventLoops;
import io.eventloop.SubprocessSpec;

/**
 * Measures what restrictions cost: the time from a launch to the exit of {@code true},
 * one child after the other, and the kinds by turns. A program of its own, not a test:
 * the argument is how many children of each kind, 1,000 unless said otherwise.
 */
public final class RestrictedStarts {

	private static final int WARM_UP = 200;

	private RestrictedStarts() {
	}

	public static void main(String[] args) {
		int count = (args.length > 0) ? Integer.parseInt(args[0]) : 1000;
		Map<String, ChildRestrictions> kinds = new LinkedHashMap<>();
		ChildRestrictions limits = ChildRestrictions.NONE.withCpu(Duration.ofSeconds(10)).withNofile(100);
		kinds.put("none", ChildRestrictions.NONE);
		kinds.put("none again", ChildRestrictions.NONE);
		kinds.put("nice", ChildRestrictions.NONE.withNice(0));
		kinds.put("limits", limits);
		kinds.put("umask", ChildRestrictions.NONE.withUmask(027));
		kinds.put("no new privileges", ChildRestrictions.NONE.withoutNewPrivileges());
		kinds.put("all", limits.withNice(0).withUmask(027).withoutNewPrivileges());
		double[][] micros = new double[kinds.size()][count];
		EventLoops.run((loop) -> loop.runInExecutor(null, () -> {
			for (int i = -WARM_UP; i < count; i++) {
				int kind = 0;
				for (ChildRestrictions restrictions : kinds.values()) {
					double time = run(loop, restrictions);
					if (i >= 0) {
						micros[kind][i] = time;
					}
					kind++;
				}
			}
			return null;
		}));
		int kind = 0;
		for (String name : kinds.keySet()) {
			double[] times = micros[kind++];
			Arrays.sort(times);
			System.out.printf("%-18s median %5.0f us, quartiles %5.0f and %5.0f us%n", name, times[count / 2],
					times[count / 4], times[3 * count / 4]);
		}
	}

	private static double run(EventLoop loop, ChildRestrictions restrictions) {
		long begin = System.nanoTime();
		loop.subprocess(SubprocessSpec.exec("true").restrictions(restrictions)).join().onExit().join();
		return (System.nanoTime() - begin) / 1000.0;
	}

}
