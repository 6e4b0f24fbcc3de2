package io.eventloop;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ChildLimitsTests {

	@Test
	void changesOneAtATime() {
		assertThat(ChildLimits.DEFAULT.withMaxActive(3).withMaxPending(4).withMaxOutput(5))
			.isEqualTo(new ChildLimits(3, 4, 5));
		assertThat(ChildLimits.DEFAULT).isEqualTo(new ChildLimits(Integer.MAX_VALUE, 10_000, 67_108_864));
	}

	@Test
	void refusesLimitsThatAdmitNothing() {
		assertThatIllegalArgumentException().isThrownBy(() -> ChildLimits.DEFAULT.withMaxActive(0))
			.withMessage("'maxActive' is 0; give at least 1");
		assertThatIllegalArgumentException().isThrownBy(() -> ChildLimits.DEFAULT.withMaxPending(-1))
			.withMessage("'maxPending' is -1; give at least 1");
		assertThatIllegalArgumentException().isThrownBy(() -> ChildLimits.DEFAULT.withMaxOutput(0))
			.withMessage("'maxOutput' is 0; give at least 1");
	}

}
