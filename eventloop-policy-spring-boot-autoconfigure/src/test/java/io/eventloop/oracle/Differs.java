package io.eventloop.oracle;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Where a scenario's trace is deliberately not asyncio's.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(Differs.Several.class)
@interface Differs {

	/**
	 * The first cell of a row of the README's compatibility table, or a number in it.
	 */
	String row();

	/**
	 * Lines that follow each other in asyncio's trace.
	 */
	String[] there();

	/**
	 * What ours has in their place.
	 */
	String[] here();

	/**
	 * More than one difference.
	 */
	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@interface Several {

		Differs[] value();

	}

}
