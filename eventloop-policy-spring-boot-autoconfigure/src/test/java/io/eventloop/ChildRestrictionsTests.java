package io.eventloop;

import java.time.Duration;
import java.util.function.Supplier;

import io.eventloop.ChildRestrictions.Resource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

class ChildRestrictionsTests {

	private static final ChildRestrictions NONE = ChildRestrictions.NONE;

	@Test
	void eachIsAddedToTheOthers() {
		ChildRestrictions all = NONE.withUser(1, 2)
			.withUmask(077)
			.withNice(-3)
			.withoutNewPrivileges()
			.withAs(4)
			.withCore(0)
			.withFsize(0)
			.withNproc(5)
			.withNofile(6)
			.withCpu(Duration.ofSeconds(7));
		assertThat(all.user()).hasValue(1);
		assertThat(all.group()).hasValue(2);
		assertThat(all.umask()).hasValue(077);
		assertThat(all.nice()).hasValue(-3);
		assertThat(all.noNewPrivileges()).isTrue();
		assertThat(all.limits()).containsOnly(entry(Resource.AS, 4L), entry(Resource.CORE, 0L),
				entry(Resource.FSIZE, 0L), entry(Resource.NPROC, 5L), entry(Resource.NOFILE, 6L),
				entry(Resource.CPU, 7L));
		assertThat(all.withGroup(9).user()).hasValue(1);
		assertThat(all.isNone()).isFalse();
		assertThat(NONE.isNone()).isTrue();
	}

	@Test
	void processorTimeIsRoundedUp() {
		assertThat(NONE.withCpu(Duration.ofMillis(1)).limits()).containsEntry(Resource.CPU, 1L);
		assertThat(NONE.withCpu(Duration.ofMillis(2001)).limits()).containsEntry(Resource.CPU, 3L);
	}

	@Test
	void numbersOutOfTheirRangeAreRefused() {
		refused(() -> NONE.withUser(-1, 0), "User id -1 is not within 0 and 4294967294");
		refused(() -> NONE.withUser(0, 1L << 32), "Group id 4294967296 is not within");
		refused(() -> NONE.withUmask(01000), "Umask 1000 is not within 000 and 777 (octal)");
		refused(() -> NONE.withNice(20), "Niceness 20 is not within -20 and 19");
		refused(() -> NONE.withCpu(Duration.ZERO), "Limit cpu 0 is not within 1 and");
		refused(() -> NONE.withNofile(2), "Limit nofile 2 is not within 3 and");
		refused(() -> NONE.withCore(-1), "Limit core -1 is not within 0 and");
	}

	@Test
	void aUserWithoutAGroupIsRefused() {
		ChildRestrictions user = NONE.withUser(7, 8);
		refused(() -> new ChildRestrictions(user.user(), NONE.group(), NONE.umask(), NONE.nice(), false, NONE.limits()),
				"User id 7 has no group, so the child would keep the groups of this process; give it one");
	}

	private static void refused(Supplier<ChildRestrictions> restrictions, String message) {
		assertThatIllegalArgumentException().isThrownBy(restrictions::get).withMessageStartingWith(message);
	}

}
