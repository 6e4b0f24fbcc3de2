package io.eventloop.samples.jobrunner;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * A request that is sent by hand, as slowly and as badly as the test wants it.
 */
final class RawRequest implements AutoCloseable {

	private static final Pattern LENGTH = Pattern.compile("Content-Length: (\\d+)");

	private final Socket socket;

	RawRequest(int port, String... head) throws IOException {
		this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
		this.socket.setSoTimeout(30_000);
		send(String.join("\r\n", head) + "\r\nHost: localhost\r\n\r\n");
	}

	static RawRequest post(int port, String command, String... headers) throws IOException {
		return new RawRequest(port, "POST /jobs?command=" + command + " HTTP/1.1", String.join("\r\n", headers));
	}

	RawRequest send(String text) throws IOException {
		return send(text.getBytes(ISO_8859_1));
	}

	RawRequest send(byte[] bytes) throws IOException {
		this.socket.getOutputStream().write(bytes);
		return this;
	}

	/**
	 * End what is sent, though not what is received.
	 */
	RawRequest end() throws IOException {
		this.socket.shutdownOutput();
		return this;
	}

	/**
	 * Read an answer to its end, which is not that of the connection.
	 * @return the answer, head and body
	 */
	String answer() throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		String answer = "";
		while (!isWhole(answer)) {
			int next = this.socket.getInputStream().read();
			if (next < 0) {
				return answer;
			}
			bytes.write(next);
			answer = bytes.toString(ISO_8859_1);
		}
		return answer;
	}

	private static boolean isWhole(String answer) {
		int body = answer.indexOf("\r\n\r\n") + 4;
		Matcher length = LENGTH.matcher(answer);
		return body >= 4 && (length.find() ? answer.length() >= body + Integer.parseInt(length.group(1))
				: answer.endsWith("\r\n0\r\n\r\n"));
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
