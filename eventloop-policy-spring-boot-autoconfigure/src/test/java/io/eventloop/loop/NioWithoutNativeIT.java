package io.eventloop.loop;

import java.util.List;
import java.util.stream.Stream;

import io.eventloop.posix.ChildJvm;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(120)
class NioWithoutNativeIT {

	@Test
	@DisplayName("S238 where native code does not work a loop has timers, channels and signals, and refuses subprocesses")
	void worksWithoutJffi() throws Exception {
		String classPath = String.join(":",
				Stream.of(ChildJvm.CLASS_PATH.split(":")).filter((part) -> !part.matches(".*/jffi.*")).toList());
		List<String> command = ChildJvm.command(NioWithoutNative.class, classPath, "-Deventloop.native-access=jffi");
		ChildJvm jvm = ChildJvm.run(command);
		assertThat(jvm.output().lines()).containsSubsequence("reader", "signal", "closed")
			.anySatisfy((line) -> assertThat(line).startsWith("auto: ").contains("eventloop.selector=nio"))
			.anySatisfy((line) -> assertThat(line).startsWith("subprocess: ").contains("set eventloop.selector="));
		assertThat(jvm.exitCode()).isZero();
	}

	@Test
	@DisplayName("S238 a loop over Java's selector calls no native code, though it could")
	void callsNoNativeCode() throws Exception {
		ChildJvm jvm = ChildJvm.run(NioWithNativeAround.class, "-Xlog:class+load:stderr");
		assertThat(jvm.output()).contains("io.eventloop.selector.NioSelector ").contains("ran 1");
		assertThat(jvm.output()
			.lines()
			.filter((line) -> line.contains("[class,load]"))
			.filter((line) -> line.contains(" com.kenai.") || line.contains(" io.eventloop.posix.LibC "))).isEmpty();
	}

}
