package io.eventloop.policy;

/**
 * Which kind of loop suits a system.
 */
final class Platform {

	/**
	 * Whether proactor loops suit this one.
	 */
	static final boolean PROACTOR = suitsProactor(System.getProperty("os.name", ""));

	private Platform() {
	}

	static boolean suitsProactor(String system) {
		return system.startsWith("Windows");
	}

}
