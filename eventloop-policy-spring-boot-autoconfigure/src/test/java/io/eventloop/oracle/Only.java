package io.eventloop.oracle;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.eventloop.loop.LoopKind;

/**
 * A scenario that not all kinds of loops of its module can run.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Only {

	/**
	 * The number of a behaviour in {@code docs/asyncio-behaviours.md} that is marked
	 * different, and says why.
	 */
	String row();

	/**
	 * The kinds that can.
	 */
	LoopKind[] kinds();

}
