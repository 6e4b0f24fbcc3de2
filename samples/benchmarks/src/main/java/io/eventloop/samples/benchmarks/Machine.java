package io.eventloop.samples.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A description of the machine.
 */
public final class Machine {

	private Machine() {
	}

	/**
	 * Describe the machine.
	 * @return properties and their values
	 */
	public static Map<String, String> describe() {
		Map<String, String> description = new LinkedHashMap<>();
		description.put("Processor",
				"%s, %d cores".formatted(
						ProcFiles.find("/proc/cpuinfo", "^model name\\s*: (.*)$").orElse(System.getProperty("os.arch")),
						Runtime.getRuntime().availableProcessors()));
		ProcFiles.find("/proc/meminfo", "^MemTotal: +(\\d+)")
			.ifPresent((kib) -> description.put("Memory", "%d GiB".formatted(Long.parseLong(kib) / 1024 / 1024)));
		description.put("Kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
		Commands.output("getconf", "GNU_LIBC_VERSION").ifPresent((version) -> description.put("C library", version));
		return description;
	}

	static String load() {
		return ProcFiles.find("/proc/loadavg", "^(\\S+ \\S+ \\S+)").orElse("?");
	}

}
