package io.eventloop.autoconfigure;

import io.eventloop.supervision.SupervisedProcess;

/**
 * What an operator does to a service.
 *
 * @since 0.1.0
 */
public enum ServiceAction {

	/**
	 * Start it, unless it is started.
	 */
	START,

	/**
	 * Stop it, until it is started again.
	 */
	STOP,

	/**
	 * End its child and start it again, also where it has failed.
	 */
	RESTART;

	/**
	 * Ask a service for this, and wait for nothing.
	 */
	void of(SupervisedProcess service) {
		switch (this) {
			case START -> service.start();
			case STOP -> service.stop();
			case RESTART -> service.restart();
		}
	}

}
