package io.eventloop.samples.jobrunner;

import org.jspecify.annotations.Nullable;

/**
 * What is known of an object in the store.
 *
 * @param size number of bytes
 * @param digest its SHA-256 in hexadecimal digits, or {@code null} while it is being
 * written or if it is empty
 */
record Blob(long size, @Nullable String digest) {

	static final Blob EMPTY = new Blob(0, null);

}
