package io.eventloop.supervision;

import java.util.Locale;

/**
 * What a supervised process does. <pre>
 * STOPPED ──start──▶ STARTING ──ready──▶ READY
 *                        ▲  '──fails──┐    │ ends, or does not answer
 *                        │            ▼    ▼
 *                        '──delay── BACKING_OFF ──start limit──▶ FAILED
 * </pre> {@code stop()} leads to {@code STOPPED} from everywhere, {@code restart()} to
 * {@code STARTING}.
 *
 * @since 0.1.0
 */
public enum SupervisionState {

	/** It is launched, waited for until it is ready, or waits for what it depends on. */
	STARTING,

	/** It runs, and its readiness was seen. */
	READY,

	/** It has failed, and is not started again until it is told to. */
	FAILED,

	/** It has ended, and is started again after a delay. */
	BACKING_OFF,

	/** It is not to run. Its last child may still be ending. */
	STOPPED;

	/**
	 * Return the state as the value of a meter's tag, such as {@code backing-off}.
	 * @return the tag's value
	 */
	public String tag() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
