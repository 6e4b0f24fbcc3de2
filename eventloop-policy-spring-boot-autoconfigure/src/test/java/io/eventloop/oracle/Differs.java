package io.eventloop.oracle;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.eventloop.loop.LoopKind;

/**
 * Where a scenario's trace is deliberately not asyncio's.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(Differs.Several.class)
@interface Differs {

	/**
	 * The number, or the name, of a behaviour in {@code docs/asyncio-behaviours.md} that
	 * is marked different.
	 */
	String row();

	/**
	 * The kinds of loops that differ; all where there is none.
	 */
	LoopKind[] on() default {};

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
