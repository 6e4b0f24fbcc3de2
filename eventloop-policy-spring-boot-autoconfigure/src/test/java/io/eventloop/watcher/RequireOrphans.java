package io.eventloop.watcher;

import java.util.List;
import java.util.function.Function;

import io.eventloop.EventLoop;
import io.eventloop.UnsupportedPlatformException;

/**
 * Run in a JVM of its own, on a system that it takes for another: asks for orphans, says
 * what it was told.
 */
final class RequireOrphans {

	private RequireOrphans() {
	}

	public static void main(String[] arguments) {
		EventLoop loop = new ManualLoop().loop();
		for (Function<EventLoop, OrphanReaper> mode : List.<Function<EventLoop, OrphanReaper>>of(OrphanReaper::pid1,
				OrphanReaper::subreaper)) {
			try {
				mode.apply(loop).close();
				System.out.println("fine");
			}
			catch (UnsupportedPlatformException ex) {
				System.out.println(ex.getMessage());
				System.out.println("-> " + ex.action());
			}
		}
	}

}
