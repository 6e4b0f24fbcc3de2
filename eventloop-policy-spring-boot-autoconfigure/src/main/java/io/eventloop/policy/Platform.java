package io.eventloop.policy;

/**
 * Which kind of loop the default policy makes on this system.
 *
 * @since 0.1.0
 */
public final class Platform {

	private static final boolean PROACTOR = suitsProactor(System.getProperty("os.name", ""));

	private Platform() {
	}

	/**
	 * Return whether the default policy makes proactor loops here.
	 * @return whether it does; otherwise it makes selector loops
	 */
	public static boolean suitsProactor() {
		return PROACTOR;
	}

	static boolean suitsProactor(String system) {
		return system.startsWith("Windows");
	}

}
