package io.eventloop.subprocess;

import java.util.ArrayList;
import java.util.List;

import io.eventloop.posix.ChildJvm;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What runs short in the middle of anything: memory, where other threads fill the heap
 * again and again, to the last byte, while children are started; and descriptors, where
 * the library lies in a folder and each class is a file to be opened. What the JDK loses
 * of its own children is not counted.
 */
@Timeout(120)
class ShortagesIT {

	@ParameterizedTest
	@EnabledIfSystemProperty(named = "shortages.memory", matches = "true")
	@DisplayName("a shortage of memory leaves no zombie, and every future is done")
	@EnumSource(value = WatcherKind.class, mode = Mode.EXCLUDE, names = "NONE")
	void leavesNothingBehind(WatcherKind kind) throws Exception {
		List<String> command = new ArrayList<>(ChildJvm.command(ShortOfMemory.class, ChildJvm.CLASS_PATH, "-Xmx64m"));
		command.addAll(List.of("300", kind.name()));
		ChildJvm jvm = ChildJvm.run(command);
		assertThat(jvm.exitCode()).as(jvm.output()).isZero();
		assertThat(jvm.output().lines())
			.anyMatch((line) -> line.matches(kind + ": 0 pending, 0 zombies, running (true|false), short, some right"));
	}

	@ParameterizedTest
	@DisplayName("a shortage of descriptors keeps no class from a failure, and closing ends every child and future")
	@EnumSource(WatcherKind.class)
	void closesWithoutDescriptors(WatcherKind kind) throws Exception {
		List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -n 300; exec \"$@\"", "sh"));
		command.addAll(ChildJvm.command(NoDescriptorsForClasses.class, ChildJvm.CLASS_PATH));
		command.add(kind.name());
		ChildJvm jvm = ChildJvm.run(command);
		assertThat(jvm.exitCode()).as(jvm.output()).isZero();
		assertThat(jvm.output().lines()).contains(kind + ": 0 pending, 0 waiting, closed true, 0 zombies");
	}

}
