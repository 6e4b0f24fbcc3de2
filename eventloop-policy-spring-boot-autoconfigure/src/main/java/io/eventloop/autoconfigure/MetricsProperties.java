package io.eventloop.autoconfigure;

/**
 * Properties of the meters' tags.
 *
 * @since 0.1.0
 */
public class MetricsProperties {

	/**
	 * Maximum number of contexts whose event loops are tagged by name. The remaining
	 * contexts are counted as 'other'.
	 */
	private int maxContexts = 100;

	/**
	 * Maximum number of commands, children and limits that are tagged by name. The
	 * remaining commands and children are counted as 'other', and the remaining limits
	 * are not measured.
	 */
	private int maxPrograms = 100;

	public int getMaxContexts() {
		return this.maxContexts;
	}

	public void setMaxContexts(int maxContexts) {
		this.maxContexts = maxContexts;
	}

	public int getMaxPrograms() {
		return this.maxPrograms;
	}

	public void setMaxPrograms(int maxPrograms) {
		this.maxPrograms = maxPrograms;
	}

}
