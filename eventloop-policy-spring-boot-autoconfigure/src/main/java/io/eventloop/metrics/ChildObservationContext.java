package io.eventloop.metrics;

import io.eventloop.ChildExit;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a child that is observed. May be used from any thread.
 *
 * @since 0.1.0
 */
public final class ChildObservationContext extends Observation.Context {

	private final String childName;

	private final long pid;

	private volatile @Nullable ChildExit exit;

	ChildObservationContext(String childName, long pid) {
		this.childName = childName;
		this.pid = pid;
	}

	/**
	 * Return the child's name.
	 * @return what its spec was named, else its program without the directory; or
	 * {@value BoundedNames#OTHER}
	 */
	public String getChildName() {
		return this.childName;
	}

	/**
	 * Return the child's process id.
	 * @return the pid
	 */
	public long getPid() {
		return this.pid;
	}

	/**
	 * Return the child's exit.
	 * @return the exit, or {@code null} if it was not reported
	 */
	public @Nullable ChildExit getExit() {
		return this.exit;
	}

	void setExit(ChildExit exit) {
		this.exit = exit;
	}

}
