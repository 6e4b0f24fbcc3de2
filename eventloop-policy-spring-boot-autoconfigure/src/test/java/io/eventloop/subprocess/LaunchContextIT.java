package io.eventloop.subprocess;

import java.util.ArrayList;
import java.util.List;

import io.eventloop.SubprocessProtocol;
import io.eventloop.SubprocessSpec;
import io.eventloop.SubprocessTransport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
@ParameterizedClass
@EnumSource
class LaunchContextIT {

	private static final int CHILDREN = 10;

	private final ThreadLocal<String> word = new ThreadLocal<>();

	@RegisterExtension
	private final LoopExtension extension;

	LaunchContextIT(WatcherKind kind) {
		this.extension = new LoopExtension(kind);
	}

	@Test
	@DisplayName("S50 a protocol is connected in the context in which its child was asked for, wherever that was started")
	void connectedInTheContextOfTheCaller() {
		this.extension.loop().setContextCapture(() -> {
			String captured = this.word.get();
			return (captured == null) ? null : () -> {
				this.word.set(captured);
				return this.word::remove;
			};
		});
		List<String> expected = new ArrayList<>();
		List<String> connectedIn = new ArrayList<>();
		for (int i = 0; i < CHILDREN; i++) {
			this.word.set("request " + i);
			expected.add("request " + i);
			Connected protocol = new Connected();
			this.extension.connect(protocol, SubprocessSpec.exec("true")).transport().onDrained().join();
			connectedIn.add(protocol.context);
		}
		this.word.remove();
		assertThat(connectedIn).isEqualTo(expected);
	}

	private final class Connected implements SubprocessProtocol {

		private volatile String context;

		@Override
		public void connectionMade(SubprocessTransport transport) {
			this.context = LaunchContextIT.this.word.get();
		}

	}

}
