package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256, by which objects in the store are checked.
 */
final class Digests {

	private Digests() {
	}

	static MessageDigest create() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static String hex(MessageDigest digest) {
		return HexFormat.of().formatHex(digest.digest());
	}

	/**
	 * Return what a file is. A file that is not there is empty.
	 * @param file the file
	 * @return its size and digest
	 * @throws IOException if it cannot be read
	 */
	static Blob of(Path file) throws IOException {
		if (!Files.exists(file) || Files.size(file) == 0) {
			return Blob.EMPTY;
		}
		try (InputStream in = Files.newInputStream(file)) {
			return copy(in, OutputStream.nullOutputStream());
		}
	}

	static Blob copy(InputStream in, OutputStream out) throws IOException {
		MessageDigest digest = create();
		long size = new DigestInputStream(in, digest).transferTo(out);
		return new Blob(size, hex(digest));
	}

}
