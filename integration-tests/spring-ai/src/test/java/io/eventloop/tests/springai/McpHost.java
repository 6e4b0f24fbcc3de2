package io.eventloop.tests.springai;

import java.nio.file.Path;
import java.util.List;

import io.modelcontextprotocol.client.transport.ServerParameters;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;

/**
 * An application that hosts three servers, each started in another way, and runs until it
 * is ended.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class McpHost {

	/**
	 * Run it.
	 * @param arguments a directory whose name all servers have in their command lines
	 */
	public static void main(String[] arguments) {
		Path directory = Path.of(arguments[0]);
		SpringApplicationBuilder application = new SpringApplicationBuilder(McpHost.class).web(WebApplicationType.NONE)
			.properties("spring.main.keep-alive=true", "spring.main.banner-mode=off");
		add(application, "direct", NpmServers.filesystem(directory));
		add(application, "npx", NpmServers.filesystemThroughNpx(directory));
		add(application, "shell", NpmServers.throughShell(NpmServers.filesystem(directory), directory));
		application.run(List.of(arguments).subList(1, arguments.length).toArray(String[]::new));
		System.out.println("ready");
	}

	private static void add(SpringApplicationBuilder application, String name, ServerParameters.Builder server) {
		ServerParameters parameters = server.build();
		String connection = "spring.ai.mcp.client.stdio.connections." + name;
		application.properties(connection + ".command=" + parameters.getCommand());
		for (int i = 0; i < parameters.getArgs().size(); i++) {
			application.properties(connection + ".args[" + i + "]=" + parameters.getArgs().get(i));
		}
	}

}
