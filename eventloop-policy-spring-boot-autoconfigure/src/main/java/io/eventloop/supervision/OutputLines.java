package io.eventloop.supervision;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

import io.eventloop.StreamReader;

/**
 * Reads an output of a child to its end, and cuts it into lines of UTF-8. The rest of a
 * very long line is dropped. Belongs to the loop's thread.
 */
final class OutputLines {

	private static final int CHUNK = 64 * 1024;

	private static final int MAX_LINE = 8 * 1024;

	private final StreamReader reader;

	private final Consumer<String> lines;

	private final Runnable ended;

	private final ByteArrayOutputStream line = new ByteArrayOutputStream();

	/**
	 * Create the lines.
	 * @param lines told of each line, without its end
	 * @param ended called at the end, or when the output cannot be read
	 */
	OutputLines(StreamReader reader, Consumer<String> lines, Runnable ended) {
		this.reader = reader;
		this.lines = lines;
		this.ended = ended;
	}

	void read() {
		this.reader.read(CHUNK).whenComplete((data, failure) -> {
			if (failure != null || StreamReader.isEnd(data)) {
				if (this.line.size() > 0) {
					endLine();
				}
				this.ended.run();
			}
			else {
				cut(data);
				read();
			}
		});
	}

	private void cut(byte[] data) {
		for (byte next : data) {
			if (next == '\n') {
				endLine();
			}
			else if (this.line.size() < MAX_LINE) {
				this.line.write(next);
			}
		}
	}

	private void endLine() {
		String text = this.line.toString(StandardCharsets.UTF_8);
		this.line.reset();
		this.lines.accept(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
	}

}
