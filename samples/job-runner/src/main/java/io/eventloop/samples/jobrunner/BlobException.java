package io.eventloop.samples.jobrunner;

/**
 * An object of the store is missing or not what was stored.
 */
final class BlobException extends Exception {

	private static final long serialVersionUID = 1L;

	private BlobException(String message) {
		super(message);
	}

	static BlobException missing(String key) {
		return new BlobException("Object '%s' is missing in the store".formatted(key));
	}

	static BlobException altered(String key) {
		return new BlobException("Object '%s' in the store was altered: its digest is another".formatted(key));
	}

}
