package io.eventloop.testsupport;

/**
 * A row of a document that numbers behaviours.
 *
 * @param number the number, such as S57, or the name of a behaviour without one
 * @param text what happens
 * @param mark how this project relates to it
 * @param remark what differs, why the behaviour is not applicable, or what is missing;
 * empty where nothing is to be said
 */
public record Behaviour(String number, String text, Mark mark, String remark) {

	/**
	 * How this project relates to a behaviour.
	 */
	public enum Mark {

		/**
		 * It is the same.
		 */
		SAME,

		/**
		 * It is deliberately another.
		 */
		DIFFERENT,

		/**
		 * It cannot occur.
		 */
		NOT_APPLICABLE,

		/**
		 * It is not shown yet.
		 */
		OPEN

	}

	/**
	 * Return whether the behaviour has a number, so that a test can cite it.
	 * @return whether it has one
	 */
	public boolean isNumbered() {
		return this.number.matches("[SN]\\d+");
	}

}
