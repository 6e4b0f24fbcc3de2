package io.eventloop.posix;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import com.kenai.jffi.Invoker;
import org.jspecify.annotations.Nullable;

/**
 * jffi's library, unpacked into a new folder that only this user can write to, and
 * deleted as soon as it is loaded. jffi can unpack it too, but first searches Java's
 * library path for it and then starts a random number generator for the name of a file,
 * which takes longer than all the rest. Where this fails, or a property says where the
 * library is, jffi is left to itself.
 */
final class JffiLibrary {

	private static final String BOOT_PATH = "jffi.boot.library.path";

	private static final String NAME = "libjffi-1.2.so";

	private static final String PLATFORM = ("aarch64".equals(System.getProperty("os.arch")) ? "aarch64" : "x86_64")
			+ "-Linux";

	private final Path folder;

	private final Path platform;

	private final Path file;

	private JffiLibrary(Path folder) {
		this.folder = folder;
		this.platform = folder.resolve(PLATFORM);
		this.file = this.platform.resolve(NAME);
	}

	/**
	 * Load jffi with its library.
	 * @throws LinkageError if that cannot be loaded
	 */
	static Invoker load() {
		JffiLibrary library = isLeftToJffi() ? null : unpack();
		if (library == null) {
			return Invoker.getInstance();
		}
		System.setProperty(BOOT_PATH, library.folder.toString());
		try {
			return Invoker.getInstance();
		}
		finally {
			System.clearProperty(BOOT_PATH);
			library.delete();
		}
	}

	private static boolean isLeftToJffi() {
		return System.getProperty(BOOT_PATH) != null || System.getProperty("jffi.extract.dir") != null
				|| System.getProperty("jffi.extract.name") != null;
	}

	private static @Nullable JffiLibrary unpack() {
		JffiLibrary library = new JffiLibrary(Path.of(System.getProperty("java.io.tmpdir", "/tmp"),
				"eventloop-jffi-" + Long.toHexString(System.nanoTime())));
		try (InputStream packed = Invoker.class.getResourceAsStream("/jni/" + PLATFORM + "/" + NAME)) {
			if (packed == null) {
				return null;
			}
			Files.createDirectory(library.folder,
					PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
			try {
				Files.createDirectory(library.platform);
				try (OutputStream unpacked = new FileOutputStream(library.file.toFile())) {
					packed.transferTo(unpacked);
				}
				return library;
			}
			catch (IOException ex) {
				library.delete();
				return null;
			}
		}
		catch (IOException ex) {
			return null;
		}
	}

	private void delete() {
		try {
			Files.deleteIfExists(this.file);
			Files.deleteIfExists(this.platform);
			Files.deleteIfExists(this.folder);
		}
		catch (IOException ex) {
			// It is loaded all the same
			this.folder.toFile().deleteOnExit();
		}
	}

}
