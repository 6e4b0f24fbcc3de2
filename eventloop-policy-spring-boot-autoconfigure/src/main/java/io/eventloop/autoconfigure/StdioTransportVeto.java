package io.eventloop.autoconfigure;

import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Leaves out Spring AI's configuration of stdio transports, which has no condition on
 * beans, where {@link McpStdioAutoConfiguration} takes its place. Where that is excluded,
 * Spring AI's stays.
 */
final class StdioTransportVeto implements AutoConfigurationImportFilter, EnvironmentAware {

	static final String SPRING_AI = "org.springframework.ai.mcp.client.common.autoconfigure.StdioTransportAutoConfiguration";

	/**
	 * By name, as the class needs jars that may not be there.
	 */
	static final String OURS = "io.eventloop.autoconfigure.McpStdioAutoConfiguration";

	private @Nullable Environment environment;

	@Override
	public void setEnvironment(Environment environment) {
		this.environment = environment;
	}

	@Override
	public boolean[] match(@Nullable String[] candidates, AutoConfigurationMetadata metadata) {
		boolean[] matches = new boolean[candidates.length];
		Arrays.fill(matches, true);
		List<@Nullable String> names = Arrays.asList(candidates);
		int vetoed = names.indexOf(SPRING_AI);
		if (vetoed >= 0 && names.contains(OURS) && names.contains(EventLoopAutoConfiguration.class.getName())
				&& isOn("eventloop.enabled") && isOn("eventloop.mcp.enabled")) {
			matches[vetoed] = false;
		}
		return matches;
	}

	private boolean isOn(String property) {
		return this.environment == null || this.environment.getProperty(property, Boolean.class, true);
	}

}
