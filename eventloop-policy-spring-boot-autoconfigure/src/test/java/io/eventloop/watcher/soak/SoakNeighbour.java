package io.eventloop.watcher.soak;

import java.lang.ProcessBuilder.Redirect;
import java.util.concurrent.TimeUnit;

import io.eventloop.watcher.TestChild;
import io.eventloop.watcher.soak.SoakSums.Count;

/**
 * Other code beside the soak that starts processes: with {@link ProcessBuilder}, and with
 * a native library, whose dead child waits a while to be reaped.
 */
final class SoakNeighbour {

	private static final int PATIENCE_SECONDS = 60;

	private final SoakSums sums;

	private int codes;

	SoakNeighbour(SoakSums sums) {
		this.sums = sums;
	}

	void startPair() throws Exception {
		int code = this.codes++ & 0xff;
		TestChild unwatched = TestChild.exiting(code);
		Process process = new ProcessBuilder("/bin/sh", "-c", "exit " + code).redirectOutput(Redirect.DISCARD).start();
		this.sums.add(Count.NEIGHBOURS, 2);
		if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
			throw new AssertionError("The JDK was not told of the end of its process " + process.pid());
		}
		if (process.exitValue() != code) {
			this.sums.add(Count.WRONG_CODES);
		}
		if (unwatched.reap().returnCode() != code) {
			this.sums.add(Count.WRONG_CODES);
		}
	}

}
