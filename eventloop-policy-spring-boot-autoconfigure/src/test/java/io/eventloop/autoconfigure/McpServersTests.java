package io.eventloop.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.eventloop.SubprocessSpec;
import io.eventloop.subprocess.LoopExtension;
import io.eventloop.subprocess.WatcherKind;
import io.eventloop.supervision.SupervisedProcess;
import io.eventloop.supervision.SupervisionSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

@Timeout(60)
class McpServersTests {

	@RegisterExtension
	private final LoopExtension extension = new LoopExtension(WatcherKind.PIDFD);

	@Test
	void aServerHasTheNameOfItsConnectionWithoutSlashes() {
		List<String> names = new ArrayList<>();
		McpServers servers = servers(List.of(), "files", "@scope/server-git");
		servers.forEach((connection, process) -> names.add(connection + " is " + process.name()));
		assertThat(names).containsExactly("files is files", "@scope/server-git is @scope-server-git");
		assertThat(servers.processes()).extracting(SupervisedProcess::name)
			.containsExactly("files", "@scope-server-git");
	}

	@Test
	void aNameThatAServiceHasIsRefused() {
		FailureAnalysis analysis = refusal(List.of("a-b"), "a/b");
		assertThat(analysis.getDescription()).isEqualTo(
				"The MCP server of the stdio connection 'a/b' cannot be named 'a-b', as a service has that name.");
		assertThat(analysis.getAction())
			.isEqualTo("Rename 'eventloop.services.a-b', or the connection in 'spring.ai.mcp.client.stdio'.");
	}

	@Test
	void aNameThatTwoConnectionsWouldHaveIsRefused() {
		FailureAnalysis analysis = refusal(List.of(), "a/b", "a-b");
		assertThat(analysis.getDescription())
			.isEqualTo("The MCP servers of the stdio connections 'a/b' and 'a-b' cannot both be named 'a-b'.");
		assertThat(analysis.getAction()).isEqualTo("Rename one of them in 'spring.ai.mcp.client.stdio'.");
	}

	@Test
	void aServerThatWasNeverStartedIsNoProblem() throws Exception {
		SupervisedProcess server = servers(List.of(), "files").processes().iterator().next();
		SupervisedProcessHealthIndicator health = new SupervisedProcessHealthIndicator(server, Status.UNKNOWN);
		assertThat(health.health().getStatus()).isEqualTo(Status.UNKNOWN);
		server.start().get(20, TimeUnit.SECONDS);
		assertThat(health.health().getStatus()).isEqualTo(Status.UP);
		server.stop().get(20, TimeUnit.SECONDS);
		assertThat(health.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
	}

	private FailureAnalysis refusal(List<String> services, String... connections) {
		McpServerNameTakenException refused = catchThrowableOfType(McpServerNameTakenException.class,
				() -> servers(services, connections));
		return new McpServerNameTakenFailureAnalyzer().analyze(refused, refused);
	}

	private McpServers servers(List<String> services, String... connections) {
		Map<String, List<String>> commands = new LinkedHashMap<>();
		for (String connection : connections) {
			commands.put(connection, List.of("sleep", "60"));
		}
		return McpServers.create(commands, services, (name, command) -> SupervisedProcess.create(this.extension.loop(),
				name, SupervisionSettings.of(SubprocessSpec.exec(command))));
	}

}
