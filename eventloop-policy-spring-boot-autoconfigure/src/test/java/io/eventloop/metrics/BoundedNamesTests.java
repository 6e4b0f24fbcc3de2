package io.eventloop.metrics;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BoundedNamesTests {

	@Test
	void theFirstNamesStandForThemselvesForGood() {
		BoundedNames names = new BoundedNames(2);
		assertThat(names.of("git")).isEqualTo("git");
		assertThat(names.of("cat")).isEqualTo("cat");
		assertThat(names.of("convert")).isEqualTo("other");
		assertThat(names.of("git")).isEqualTo("git");
		assertThat(names.of("convert")).isEqualTo("other");
	}

	@Test
	void noneMayStandForItself() {
		assertThat(new BoundedNames(0).of("git")).isEqualTo("other");
	}

}
