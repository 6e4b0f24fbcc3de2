package io.eventloop.autoconfigure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Configuration properties for a program that has a name: what it is, where it runs, and
 * what it may not do.
 *
 * @since 0.1.0
 */
public abstract class ProgramProperties extends RestrictionProperties {

	/**
	 * Program and first arguments.
	 */
	private List<String> exec = new ArrayList<>();

	/**
	 * Directory it runs in.
	 */
	private @Nullable Path directory;

	/**
	 * Variables on top of the environment of this process.
	 */
	private Map<String, String> environment = new LinkedHashMap<>();

	public List<String> getExec() {
		return this.exec;
	}

	public void setExec(List<String> exec) {
		this.exec = exec;
	}

	public @Nullable Path getDirectory() {
		return this.directory;
	}

	public void setDirectory(@Nullable Path directory) {
		this.directory = directory;
	}

	public Map<String, String> getEnvironment() {
		return this.environment;
	}

	public void setEnvironment(Map<String, String> environment) {
		this.environment = environment;
	}

}
