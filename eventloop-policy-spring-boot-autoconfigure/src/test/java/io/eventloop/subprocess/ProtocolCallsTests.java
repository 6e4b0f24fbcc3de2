package io.eventloop.subprocess;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.eventloop.testsupport.SteppedReactor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class ProtocolCallsTests {

	private final SteppedReactor reactor = new SteppedReactor();

	private final ProtocolCalls calls = new ProtocolCalls(this.reactor.loop(), new RecordingProtocol(),
			(error) -> new IOException(error));

	private final List<String> made = new ArrayList<>();

	@AfterEach
	void closeLoop() {
		this.reactor.close();
	}

	@Test
	@DisplayName("S226 calls before the connection is made wait for it, and keep their order")
	void earlyCallsWait() {
		this.calls.call(() -> this.made.add("first"));
		this.calls.call(() -> this.made.add("second"));
		assertThat(this.made).isEmpty();
		this.calls.connect(() -> this.made.add("made"));
		this.calls.call(() -> this.made.add("third"));
		assertThat(this.made).containsExactly("made", "first", "second", "third");
	}

	@Test
	@DisplayName("S226 what one of them leads to comes behind them")
	void callsOfCallsComeLater() {
		this.calls.call(() -> {
			this.made.add("first");
			this.calls.call(() -> this.made.add("consequence"));
		});
		this.calls.call(() -> this.made.add("second"));
		this.calls.connect(() -> {
			this.made.add("made");
			this.calls.call(() -> this.made.add("of the connection"));
		});
		assertThat(this.made).containsExactly("made", "first", "second", "of the connection", "consequence");
	}

	@Test
	void anErrorKeepsNoOtherCallFromBeingMade() {
		this.calls.call(() -> {
			throw new AssertionError("early");
		});
		this.calls.call(() -> this.made.add("next"));
		this.calls.connect(() -> {
			throw new IllegalStateException("made");
		});
		this.calls.call(() -> {
			throw new IllegalArgumentException("late");
		});
		assertThat(this.made).containsExactly("next");
		assertThat(this.reactor.errors).extracting((context) -> context.exception().getMessage())
			.containsExactly("made", "early", "late");
	}

}
