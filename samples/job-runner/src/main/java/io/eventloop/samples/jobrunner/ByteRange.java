package io.eventloop.samples.jobrunner;

import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;

/**
 * The bytes of a file that a client asks for.
 *
 * @param start the first of them
 * @param end the one after the last of them
 * @param isPart whether the client asked for a range
 */
record ByteRange(long start, long end, boolean isPart) {

	/**
	 * Return the range that a request names. One that names several, or that names one of
	 * another file than it is now, is answered with the whole file, as HTTP allows.
	 * @param request the request
	 * @param length the length of the file
	 * @param tag what the file is known by, or {@code null} if it still changes
	 * @return the range
	 * @throws JobProblem if the file has no such range
	 */
	static ByteRange of(HttpServletRequest request, long length, @Nullable String tag) {
		ByteRange whole = new ByteRange(0, length, false);
		String condition = request.getHeader(HttpHeaders.IF_RANGE);
		if (condition != null && !condition.equals(tag)) {
			return whole;
		}
		try {
			List<HttpRange> ranges = HttpRange.parseRanges(request.getHeader(HttpHeaders.RANGE));
			if (ranges.size() != 1) {
				return whole;
			}
			long start = ranges.get(0).getRangeStart(length);
			if (start < length) {
				return new ByteRange(start, ranges.get(0).getRangeEnd(length) + 1, true);
			}
		}
		catch (IllegalArgumentException ex) {
			// Not even a range
		}
		throw JobProblem.noSuchRange(length);
	}

}
