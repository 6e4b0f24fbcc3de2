package io.eventloop.samples.streamfilter;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A request whose body is written, and whose response is read, as slowly as a test wants,
 * and both at the same time.
 */
final class RawRequest implements AutoCloseable {

	private final Socket socket;

	private final InputStream in;

	private final OutputStream out;

	RawRequest(int port, String path) throws IOException {
		this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
		this.socket.setSoTimeout(60_000);
		this.in = new BufferedInputStream(this.socket.getInputStream());
		this.out = this.socket.getOutputStream();
		this.out.write("POST %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
			.formatted(path)
			.getBytes(StandardCharsets.US_ASCII));
	}

	void write(byte[] data) throws IOException {
		this.out.write((Integer.toHexString(data.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
		this.out.write(data);
		this.out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
		this.out.flush();
	}

	void end() throws IOException {
		this.out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
		this.out.flush();
	}

	/**
	 * Read the status and the headers.
	 */
	int status() throws IOException {
		int status = Integer.parseInt(line().split(" ")[1]);
		while (!line().isEmpty()) {
			// Headers
		}
		return status;
	}

	/**
	 * Read the next chunk of the response.
	 * @return its bytes, none at the end
	 * @throws EOFException if the response was broken off
	 */
	byte[] chunk() throws IOException {
		int size = Integer.parseInt(line(), 16);
		byte[] chunk = this.in.readNBytes(size);
		if (chunk.length < size) {
			throw new EOFException("Broken off within a chunk");
		}
		line();
		return chunk;
	}

	private String line() throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		for (int next = this.in.read(); next != '\n'; next = this.in.read()) {
			if (next < 0) {
				throw new EOFException("Broken off");
			}
			line.write(next);
		}
		return line.toString(StandardCharsets.US_ASCII).strip();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
