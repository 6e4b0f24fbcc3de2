package io.eventloop.samples.mcphost;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * A web service whose MCP servers are kept running.
 */
@SpringBootApplication
public class McpHostApplication {

	public static void main(String[] args) {
		SpringApplication.run(McpHostApplication.class, args);
	}

}
