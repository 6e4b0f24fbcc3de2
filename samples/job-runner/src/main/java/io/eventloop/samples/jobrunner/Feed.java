package io.eventloop.samples.jobrunner;

import java.util.List;

/**
 * The news for one client that follows events. Used by one thread at a time.
 */
interface Feed {

	/**
	 * Return the news since the last call.
	 * @return the news, oldest first
	 */
	List<Event> news();

	/**
	 * Return whether there will be no more news.
	 * @return whether the feed has ended
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
