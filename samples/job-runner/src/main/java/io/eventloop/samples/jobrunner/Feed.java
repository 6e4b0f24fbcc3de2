package io.eventloop.samples.jobrunner;

import java.util.List;

/**
 * What there is to tell somebody who follows. Asked by one thread at a time.
 */
interface Feed {

	/**
	 * Return what has happened since the last call.
	 * @return the news, oldest first
	 */
	List<Event> news();

	/**
	 * Return whether the last news were the last ones ever.
	 * @return whether there is nothing to follow any more
	 */
	boolean isOver();

	/**
	 * A piece of news.
	 *
	 * @param name its kind
	 * @param data its content
	 */
	record Event(String name, Object data) {

	}

}
