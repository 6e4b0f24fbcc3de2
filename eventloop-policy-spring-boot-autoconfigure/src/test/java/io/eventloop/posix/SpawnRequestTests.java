package io.eventloop.posix;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SpawnRequestTests {

	@Test
	void inheritsEverythingByDefault() {
		SpawnRequest request = SpawnRequest.of("program", "argument").build();
		assertThat(request).isEqualTo(new SpawnRequest("program", List.of("argument"), null, Map.of(), null, 0, 1, 2,
				false, OptionalLong.empty()));
	}

	@Test
	void isACopy() {
		List<String> arguments = new ArrayList<>(List.of("one"));
		Map<String, String> environment = new HashMap<>(Map.of("NAME", "value"));
		SpawnRequest request = new SpawnRequest("program", arguments, environment, Map.of(), null, 0, 1, 2, false,
				OptionalLong.empty());
		arguments.add("two");
		environment.clear();
		assertThat(request.arguments()).containsExactly("one");
		assertThat(request.environment()).containsEntry("NAME", "value");
	}

	@Test
	void anEmptyPathIsTheCurrentDirectory() {
		assertThat(SpawnRequest.of("program").directory(Path.of("")).build().directory()).isEqualTo(Path.of("."));
	}

	@Test
	void aNulIsRefusedWhereverItStands() {
		refuses(SpawnRequest.of("pro\0gram"), "The program contains a NUL character");
		refuses(SpawnRequest.of("program", "a\0b"), "An argument contains a NUL character, where C would end it");
		refuses(SpawnRequest.of("program").environment(Map.of("NA\0ME", "value")), "NUL");
		refuses(SpawnRequest.of("program").environment(Map.of("NAME", "\0")), "The environment variable NAME");
	}

	@Test
	void textFormsTellNoSecrets() {
		SpawnRequest request = SpawnRequest.of("program", "secret").environment(Map.of("KEY", "secret")).build();
		assertThat(request).hasToString("SpawnRequest[program=program]");
		assertThatIllegalArgumentException().isThrownBy(() -> SpawnRequest.of("program", "secret\0").build())
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("secret"));
	}

	@Test
	void theNameOfAVariableHasNoEqualsSign() {
		refuses(SpawnRequest.of("program").environment(Map.of("A=B", "value")), "'A=B'");
		refuses(SpawnRequest.of("program").changes(Map.of("A=B", "value")), "'A=B'");
		refuses(SpawnRequest.of("program").environment(Map.of()).changes(Map.of("A", "value")),
				"to the inherited environment");
	}

	@Test
	void whatCannotBeIsRefused() {
		refuses(SpawnRequest.of(""), "'program' must not be empty");
		refuses(SpawnRequest.of("program").streams(0, -1, 2), "not -1");
		refuses(SpawnRequest.of("program").processGroup(-1), "'processGroup' must be a pid or 0, not -1");
		refuses(SpawnRequest.of("program").newSession(true).processGroup(4711), "cannot join group 4711");
		assertThat(SpawnRequest.of("program").newSession(true).processGroup(0).build().newSession()).isTrue();
	}

	private static void refuses(SpawnRequest.Builder request, String message) {
		assertThatIllegalArgumentException().isThrownBy(request::build).withMessageContaining(message);
	}

}
