package io.eventloop.containment;

import java.io.IOException;

import io.eventloop.ChildTree;
import io.eventloop.SubprocessSpec;

/**
 * Makes trees by one mechanism, and knows what is left of all of them.
 */
interface TreeMaker {

	/**
	 * Prepare to start a child. From any thread.
	 */
	ChildTree prepare(SubprocessSpec spec) throws IOException;

	/**
	 * Kill what is left of all trees that were prepared until now, and wait for that.
	 */
	void killLeft();

}
