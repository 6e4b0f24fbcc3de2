package io.eventloop.autoconfigure;

import java.time.Duration;

import io.eventloop.supervision.RestartPolicy;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Configuration properties for the MCP servers of Spring AI's stdio connections.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("eventloop.mcp")
public class McpProperties {

	/**
	 * Whether the servers of Spring AI's stdio connections are children of the main event
	 * loop. Otherwise the MCP Java SDK starts them.
	 */
	private boolean enabled = true;

	/**
	 * Maximum size of a message. A server that writes a larger one is ended.
	 */
	private DataSize maxMessage = DataSize.ofMegabytes(16);

	/**
	 * Time that messages wait for a server that is being started again. 0s to fail at
	 * once.
	 */
	private Duration maxWait = Duration.ofSeconds(5);

	/**
	 * Whether a server is started again when it has ended.
	 */
	private RestartPolicy restart = RestartPolicy.ALWAYS;

	/**
	 * How a server is ended: steps with the time before the next one.
	 */
	private String stop = "close-input 2s, SIGTERM 3s, SIGKILL";

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public DataSize getMaxMessage() {
		return this.maxMessage;
	}

	public void setMaxMessage(DataSize maxMessage) {
		this.maxMessage = maxMessage;
	}

	public Duration getMaxWait() {
		return this.maxWait;
	}

	public void setMaxWait(Duration maxWait) {
		this.maxWait = maxWait;
	}

	public RestartPolicy getRestart() {
		return this.restart;
	}

	public void setRestart(RestartPolicy restart) {
		this.restart = restart;
	}

	public String getStop() {
		return this.stop;
	}

	public void setStop(String stop) {
		this.stop = stop;
	}

}
