package io.eventloop.containment;

/**
 * Scripts that start what is hard to end. Each says {@code ready} once the tree may be
 * ended. All of its processes have the text in place of {@code TAG} in their command
 * lines, so that they are found whatever they do to their environments and parents.
 */
enum FaultyTree {

	GROUP("sleep TAG & sleep TAG & echo ready; wait"),

	SESSIONS("setsid sleep TAG & setsid sleep TAG & echo ready; wait"),

	DOUBLE_FORK("(setsid sh -c 'sleep TAG & sleep TAG' &); echo ready; sleep TAG"),

	NOHUP("nohup sleep TAG >/dev/null 2>&1 & (nohup setsid sleep TAG &) ; echo ready; wait"),

	DEAF("""
			setsid sh -c 'trap "" HUP INT TERM; : TAG; echo ready; while :; do sleep TAG; done' &
			trap "" TERM; wait; wait"""),

	GROWING("""
			echo ready
			i=0; while [ $i -lt 300 ]; do setsid sleep TAG & i=$((i + 1)); done; wait"""),

	MOVING("""
			: TAG; echo ready
			sh -c 'next() { [ $1 -lt 2000 ] && { next $(($1 + 1)) & }; exit; }; : TAG; next 0' &
			sleep TAG"""),

	MOVING_AWAY("""
			: TAG; echo ready
			setsid sh -c 'next() { [ $1 -lt 2000 ] && { next $(($1 + 1)) & }; exit; }; : TAG; next 0' &
			sleep TAG"""),

	FORKING_AT_THE_SIGNAL("""
			setsid sh -c 'trap "setsid sleep TAG & sleep TAG & wait" TERM; echo ready; sleep TAG & wait; wait' &
			trap "setsid sleep TAG & wait" TERM; wait; wait"""),

	STOPPED("setsid sh -c ': TAG; echo ready; kill -STOP $$; sleep TAG' & wait"),

	OTHER_USER("setsid setpriv --reuid 65534 --clear-groups sleep TAG & echo ready; wait"),

	CLEARED_ENVIRONMENT("setsid env -i sleep TAG & env -i sleep TAG & echo ready; wait"),

	CLEARED_BELOW("setsid env -i sh -c 'setsid sleep TAG & sleep TAG & wait' & sleep 0.1; echo ready; wait"),

	/**
	 * Alone in a session of its own, without an environment, and without a parent: marks
	 * cannot find it.
	 */
	CLEARED_ORPHAN("(setsid env -i sh -c 'echo ready; exec sleep TAG' &); sleep TAG; : TAG"),

	THOUSAND("""
			i=0; while [ $i -lt 500 ]; do sleep TAG & setsid sleep TAG & i=$((i + 1)); done
			echo ready; wait""");

	private final String script;

	FaultyTree(String script) {
		this.script = script;
	}

	/**
	 * Return the script, with that text in all command lines.
	 */
	String script(String tag) {
		return this.script.replace("TAG", tag);
	}

}
