package io.eventloop.testsupport;

import org.assertj.core.configuration.Configuration;
import org.assertj.core.configuration.PreferredAssumptionException;

/**
 * Has AssertJ skip a test by JUnit's exception. It would take that of TestNG, which the
 * Reactive Streams TCK brings, and JUnit reports that as an error.
 */
public final class JUnitAssumptions extends Configuration {

	@Override
	public PreferredAssumptionException preferredAssumptionException() {
		return PreferredAssumptionException.JUNIT5;
	}

}
