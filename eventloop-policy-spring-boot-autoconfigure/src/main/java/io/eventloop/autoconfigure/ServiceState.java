package io.eventloop.autoconfigure;

/**
 * How far an application context has taken its event loops out of service.
 *
 * <pre>
 *            stop              stop, or              time is            context
 *          or close             destroy               short             closed
 * RUNNING ─────────▶ REFUSING ──────────▶ ENDING ──────────▶ KILLING ──────────▶ CLOSED
 *    ▲                  │                   │                   │
 *    '──────start───────'───────────────────'───────────────────'
 * </pre>
 */
enum ServiceState {

	/**
	 * Children can be started.
	 */
	RUNNING,

	/**
	 * New children are refused. Those that run are left alone.
	 */
	REFUSING,

	/**
	 * Each child is asked to end, also one that arrives now.
	 */
	ENDING,

	/**
	 * The children that are left are killed.
	 */
	KILLING,

	/**
	 * The loops are closed. The last state.
	 */
	CLOSED

}
