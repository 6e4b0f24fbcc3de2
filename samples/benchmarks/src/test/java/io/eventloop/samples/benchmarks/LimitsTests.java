package io.eventloop.samples.benchmarks;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No more children than the machine allows.
 */
class LimitsTests {

	@Test
	void stepsThatAreTooLargeAreLeftOut() {
		assertThat(new Limits(1_500).bound("0,100,1000,2000,5000")).isEqualTo("0,100,1000");
	}

	@Test
	void aSingleNumberThatIsTooLargeBecomesWhatIsPossible() {
		assertThat(new Limits(1_500).bound("2000")).isEqualTo("1500");
	}

	@Test
	void thisMachineAllowsMany() {
		assertThat(Limits.find().children()).isGreaterThan(100);
	}

}
