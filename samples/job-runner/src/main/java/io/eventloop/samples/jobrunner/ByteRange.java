package io.eventloop.samples.jobrunner;

import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;

/**
 * The bytes of a file that a client requests.
 *
 * @param start index of the first byte
 * @param end index after the last byte
 * @param isPart whether the client requested a range
 */
record ByteRange(long start, long end, boolean isPart) {

	/**
	 * Return the range that a request specifies. A request for several ranges, or for a
	 * range of an earlier version of the file, gets the whole file, as HTTP allows.
	 * @param request the request
	 * @param length the length of the file
	 * @param tag the file's entity tag, or {@code null} if it still changes
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
