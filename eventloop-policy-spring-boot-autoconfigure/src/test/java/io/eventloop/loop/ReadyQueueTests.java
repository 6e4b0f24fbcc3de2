package io.eventloop.loop;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class ReadyQueueTests {

	private final PostedQueue posted = new PostedQueue();

	private final ReadyQueue queue = new ReadyQueue(this.posted.taker());

	private final List<CallbackHandle> expected = new ArrayList<>();

	@ParameterizedTest
	@ValueSource(ints = { 1, 254, 255, 256, 257, 511, 512, 513, 1_000 })
	@DisplayName("S70 what was posted comes before what the loop adds then, in each thread's order")
	void postedComesBeforeWhatIsAddedLater(int count) {
		for (int round = 0; round < 3; round++) {
			add(count);
			post(count);
			add(1);
			post(count);
			this.queue.takePosted();
			assertThat(this.queue.size()).isEqualTo(this.expected.size());
			takeAll();
		}
	}

	@Test
	@DisplayName("What is taken while more is added comes out once, wherever in a chunk that is")
	void takesWhileAdding() {
		add(3);
		for (int i = 0; i < 1_000; i++) {
			add(1);
			assertThat(this.queue.poll()).isSameAs(this.expected.remove(0));
		}
		takeAll();
	}

	@Test
	@DisplayName("Nothing is left once it is cleared, and it can be used again")
	void clears() {
		add(300);
		post(300);
		this.queue.clear();
		this.expected.clear();
		assertThat(this.queue.poll()).isNull();
		add(300);
		takeAll();
	}

	private void add(int count) {
		for (int i = 0; i < count; i++) {
			this.queue.add(next());
		}
	}

	private void post(int count) {
		for (int i = 0; i < count; i++) {
			this.posted.post(next());
		}
	}

	private void takeAll() {
		for (CallbackHandle handle : this.expected) {
			assertThat(this.queue.poll()).isSameAs(handle);
		}
		this.expected.clear();
		assertThat(this.queue.poll()).isNull();
		assertThat(this.queue.size()).isZero();
	}

	private CallbackHandle next() {
		CallbackHandle handle = new CallbackHandle(() -> {
		});
		this.expected.add(handle);
		return handle;
	}

}
