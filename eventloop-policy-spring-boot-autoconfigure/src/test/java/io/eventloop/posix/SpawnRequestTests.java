package io.eventloop.posix;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SpawnRequestTests {

	@Test
	void inheritsEverythingByDefault() {
		SpawnRequest request = SpawnRequestBuilder.of("program", "argument").build();
		assertThat(request).isEqualTo(new SpawnRequest("program", List.of("argument"), null, Map.of(), null, 0, 1, 2,
				false, OptionalLong.empty(), List.of()));
	}

	@Test
	void isACopy() {
		List<String> arguments = new ArrayList<>(List.of("one"));
		Map<String, String> environment = new HashMap<>(Map.of("NAME", "value"));
		SpawnRequest request = new SpawnRequest("program", arguments, environment, Map.of(), null, 0, 1, 2, false,
				OptionalLong.empty(), List.of());
		arguments.add("two");
		environment.clear();
		assertThat(request.arguments()).containsExactly("one");
		assertThat(request.environment()).containsEntry("NAME", "value");
	}

	@Test
	void anEmptyPathIsTheCurrentDirectory() {
		assertThat(SpawnRequestBuilder.of("program").directory(Path.of("")).build().directory())
			.isEqualTo(Path.of("."));
	}

	@Test
	void textFormsTellNoSecrets() {
		SpawnRequest request = SpawnRequestBuilder.of("program", "secret").environment(Map.of("KEY", "secret")).build();
		assertThat(request).hasToString("SpawnRequest[program=program]");
	}

}
