package io.eventloop.samples.jobrunner;

import org.jspecify.annotations.Nullable;

/**
 * What an attempt has written.
 *
 * @param output its standard output
 * @param errors its standard error
 * @param outputText beginning of its output, if it is text
 * @param errorsText beginning of its standard error, if it is text
 */
record Result(Blob output, Blob errors, @Nullable String outputText, @Nullable String errorsText) {

	static final Result NONE = new Result(Blob.EMPTY, Blob.EMPTY, null, null);

}
