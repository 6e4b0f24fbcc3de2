package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Keeps the inputs and outputs of jobs for all instances. Methods block, and may be
 * called from any thread but the loop's. An {@link IOException} says that the store is
 * away, and that a later call may succeed.
 */
interface BlobStore {

	/**
	 * Store a file, whole or not at all. Storing again replaces.
	 * @param key the object's key
	 * @param file the file, which may be moved away
	 * @throws IOException if it could not be stored
	 */
	void put(String key, Path file) throws IOException;

	/**
	 * Make an object readable as a file, and check it.
	 * @param key the object's key
	 * @param blob what it must be
	 * @param target the file to write to, unless the store has one
	 * @return the file
	 * @throws IOException if the store is away
	 * @throws BlobException if the object is missing or altered
	 */
	Path fetch(String key, Blob blob, Path target) throws IOException, BlobException;

	/**
	 * Return the file that has an object, if this store has files.
	 * @param key the object's key
	 * @return the file
	 */
	Optional<Path> file(String key);

	/**
	 * Write a part of an object to a stream.
	 * @param key the object's key
	 * @param start index of the first byte
	 * @param end index after the last byte
	 * @param out the stream
	 * @throws IOException if the store is away or the stream cannot be written to
	 */
	void copy(String key, long start, long end, OutputStream out) throws IOException;

	/**
	 * Delete all that belongs to a job.
	 * @param id the job's number
	 * @throws IOException if not all of it could be deleted
	 */
	void deleteAll(long id) throws IOException;

	/**
	 * Delete what is left of stores that were broken off.
	 * @throws IOException if not all of it could be deleted
	 */
	default void deleteAborted() throws IOException {
	}

	/**
	 * Check that the store can be reached.
	 * @throws IOException if it cannot
	 */
	void check() throws IOException;

}
