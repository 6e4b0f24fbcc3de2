package io.eventloop.samples.mcphost;

import java.util.List;
import java.util.Map;

import org.springframework.http.HttpStatus;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * What the page asks.
 */
@RestController
@RequestMapping("/servers")
class ServerController {

	private final McpServers servers;

	ServerController(McpServers servers) {
		this.servers = servers;
	}

	@GetMapping
	List<ServerView> servers() {
		return this.servers.all().stream().map(McpServer::view).toList();
	}

	@GetMapping("/{name}/tools")
	List<ToolView> tools(@PathVariable String name) {
		return this.servers.get(name).tools().stream().map(ToolView::of).toList();
	}

	@PostMapping("/{name}/calls")
	CallView call(@PathVariable String name, @RequestBody Call call) {
		McpServer server = this.servers.get(name);
		if (!StringUtils.hasText(call.tool())) {
			throw HostProblem.noTool();
		}
		return server.call(call.tool(), (call.arguments() != null) ? call.arguments() : Map.of());
	}

	@PostMapping("/{name}/kill")
	@ResponseStatus(HttpStatus.ACCEPTED)
	void kill(@PathVariable String name) {
		this.servers.get(name).kill();
	}

	@PostMapping("/{name}/restart")
	@ResponseStatus(HttpStatus.ACCEPTED)
	void restart(@PathVariable String name) {
		this.servers.get(name).restart();
	}

}
