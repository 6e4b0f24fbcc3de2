package io.eventloop.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.eventloop.EventLoop;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;
import io.eventloop.autoconfigure.TreeDescriptor.MemberDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the endpoint shows of children's trees.
 */
@Timeout(60)
class ShownTreesIT {

	private static final String SECRET = "98762";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(EventLoopAutoConfiguration.class, EventLoopEndpointAutoConfiguration.class))
		.withPropertyValues("management.endpoints.web.exposure.include=eventloop",
				"management.endpoint.eventloop.show-children=always");

	@ParameterizedTest
	@ValueSource(strings = { "mark", "group" })
	void membersAreShownByPidAndProgram(String mechanism) {
		this.contextRunner.withPropertyValues("eventloop.containment=" + mechanism).run((context) -> {
			Subprocess parent = start(context, "sleep " + SECRET + " & echo $!; wait");
			long member = Long.parseLong(readLine(parent));
			Subprocess alone = start(context, "echo ready; exec sleep " + SECRET);
			readLine(alone);
			TreeDescriptor tree = tree(context, parent);
			assertThat(tree.members()).containsExactly(new MemberDescriptor(member, "sleep"));
			assertThat(tree.size()).isEqualTo(2);
			assertThat(tree.memory()).isGreaterThan(tree(context, alone).memory()).isLessThan(100_000_000);
			assertThat(tree(context, alone).members()).isEmpty();
			assertThat(tree(context, alone).size()).isEqualTo(1);
			assertThat(shown(context)).asString().doesNotContain(SECRET);
		});
	}

	@Test
	void processorTimeIsThatOfTheTree() {
		this.contextRunner.run((context) -> {
			Subprocess child = start(context,
					"sh -c 'i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done; echo done; exec sleep 98761' & wait");
			readLine(child);
			assertThat(tree(context, child).cpu()).isGreaterThan(Duration.ofMillis(20));
		});
	}

	@Test
	void onlyTheFirstMembersAreNamed() {
		this.contextRunner.run((context) -> {
			Subprocess child = start(context,
					"i=0; while [ $i -lt 120 ]; do sleep 98760 & i=$((i+1)); done; echo ready; wait");
			readLine(child);
			assertThat(tree(context, child).members()).hasSize(TreeDescriptor.MOST_MEMBERS);
			assertThat(tree(context, child).size()).isEqualTo(121);
		});
	}

	private static Subprocess start(ApplicationContext context, String script) {
		return context.getBean(EventLoop.class).subprocess(SubprocessSpec.shell(script).pipes().processGroup(0)).join();
	}

	private static String readLine(Subprocess child) {
		return new String(child.requireStdout().readLine().join(), StandardCharsets.UTF_8).strip();
	}

	private static TreeDescriptor tree(ApplicationContext context, Subprocess child) {
		return shown(context).stream()
			.filter((shown) -> shown.pid() == child.pid())
			.map((shown) -> Objects.requireNonNull(shown.tree()))
			.findFirst()
			.orElseThrow();
	}

	private static List<ChildDescriptor> shown(ApplicationContext context) {
		return Objects.requireNonNull(context.getBean(EventLoopEndpoint.class).eventLoops().children().processes());
	}

}
