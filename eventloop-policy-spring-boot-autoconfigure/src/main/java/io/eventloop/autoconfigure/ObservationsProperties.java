package io.eventloop.autoconfigure;

/**
 * Properties of what is observed besides commands.
 *
 * @since 0.1.0
 */
public class ObservationsProperties {

	/**
	 * Whether each child process has an observation of its own. Requires an
	 * ObservationRegistry bean.
	 */
	private boolean children;

	public boolean isChildren() {
		return this.children;
	}

	public void setChildren(boolean children) {
		this.children = children;
	}

}
