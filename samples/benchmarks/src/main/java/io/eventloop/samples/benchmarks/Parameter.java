package io.eventloop.samples.benchmarks;

/**
 * A parameter of a case, which is passed to contenders.
 *
 * @param name its name
 * @param full its value in a full run
 * @param quick its value in a quick one
 * @param smoke its value in a smoke test
 */
record Parameter(String name, String full, String quick, String smoke) {

	static Parameter of(String name, int full, int quick, int smoke) {
		return new Parameter(name, String.valueOf(full), String.valueOf(quick), String.valueOf(smoke));
	}

	static Parameter of(String name, String value) {
		return new Parameter(name, value, value, value);
	}

	String value(Size size) {
		return switch (size) {
			case FULL -> this.full;
			case QUICK -> this.quick;
			case SMOKE -> this.smoke;
		};
	}

}
