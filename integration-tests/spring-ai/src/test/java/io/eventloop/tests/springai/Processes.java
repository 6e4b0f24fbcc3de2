package io.eventloop.tests.springai;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;

import static org.awaitility.Awaitility.await;

/**
 * What tests ask of servers and of the system.
 */
final class Processes {

	private Processes() {
	}

	/**
	 * Return the live processes whose command line has the text.
	 */
	static List<Long> with(String text) {
		return ProcessHandle.allProcesses()
			.map(ProcessHandle::pid)
			.filter((pid) -> pid != ProcessHandle.current().pid())
			.filter((pid) -> read(pid, "cmdline").contains(text) && !isZombie(pid))
			.toList();
	}

	private static boolean isZombie(long pid) {
		String stat = read(pid, "stat");
		return stat.isEmpty() || stat.substring(stat.lastIndexOf(')') + 1).strip().startsWith("Z");
	}

	private static String read(long pid, String file) {
		try {
			return Files.readString(Path.of("/proc", Long.toString(pid), file)).replace('\0', ' ');
		}
		catch (IOException ex) {
			return "";
		}
	}

	static void awaitNoneWith(String text) {
		await().until(() -> with(text).isEmpty());
	}

	static CallToolRequest tool(String name) {
		return CallToolRequest.builder(name).build();
	}

	static String text(CallToolResult result) {
		return ((TextContent) result.content().get(0)).text();
	}

}
