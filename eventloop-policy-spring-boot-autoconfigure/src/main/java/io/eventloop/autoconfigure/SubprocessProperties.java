package io.eventloop.autoconfigure;

import org.springframework.util.unit.DataSize;

/**
 * Properties of the subprocesses of the main event loop.
 *
 * @since 0.1.0
 */
public class SubprocessProperties {

	/**
	 * Maximum size of each output that 'Subprocess.communicate' collects. A child that
	 * writes more is killed.
	 */
	private DataSize maxOutput = DataSize.ofMegabytes(64);

	public DataSize getMaxOutput() {
		return this.maxOutput;
	}

	public void setMaxOutput(DataSize maxOutput) {
		this.maxOutput = maxOutput;
	}

}
