package io.eventloop.posix;

import java.io.File;
import java.io.IOException;
import java.io.Serial;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * Finds out what a failed spawn failed of. The kernel has one error number for a missing
 * directory, a missing program and a missing interpreter; a second check, which only the
 * failed spawn pays for, tells them apart.
 */
final class SpawnFailure {

	private static final int FIRST_LINE = 256;

	private static final int O_NONBLOCK = 0x800;

	private static final byte[] ELF = { 0x7F, 'E', 'L', 'F' };

	/**
	 * See binfmt_misc in the kernel's documentation: a file for each format, and two to
	 * control them.
	 */
	private static final File OTHER_FORMATS = new File("/proc/sys/fs/binfmt_misc");

	private static final int CONTROLS_OF_FORMATS = 2;

	private SpawnFailure() {
	}

	static IOException explain(SpawnRequest request, byte[] path, int errno) {
		try {
			requireDirectory(request);
		}
		catch (FileSystemException ex) {
			return ex;
		}
		String program = request.program();
		String attempt = "Cannot start " + program;
		boolean joinsGroup = request.processGroup().orElse(0) != 0;
		if (joinsGroup && (errno == Errno.EPERM || errno == Errno.ESRCH)) {
			return new PosixException(attempt + " in process group " + request.processGroup().getAsLong(), errno,
					"the group must exist and belong to this session");
		}
		return switch (errno) {
			case Errno.ENOENT, Errno.ENOTDIR -> missing(program, ProgramLookup.fromHere(request, path), errno);
			case Errno.EACCES, Errno.EPERM -> denied(program, ProgramLookup.fromHere(request, path), errno);
			default -> new PosixException(attempt, errno, advice(request, errno));
		};
	}

	/**
	 * Refuse a working directory that is missing, something else, or closed to us.
	 */
	static void requireDirectory(SpawnRequest request) throws FileSystemException {
		Path directory = request.directory();
		if (directory == null) {
			return;
		}
		String name = directory.toString();
		byte[] file = FileNames.encode(directory);
		int type = FileStatus.ofPath(file);
		if (type == -Errno.ENOENT) {
			throw new NoSuchFileException(name, null, "the working directory does not exist");
		}
		if (type == -Errno.ENOTDIR || (type >= 0 && type != FileStatus.S_IFDIR)) {
			throw new NotWorkingDirectoryException(name);
		}
		if (type == -Errno.EACCES || FileStatus.executable(file) == -Errno.EACCES) {
			throw new AccessDeniedException(name, null, "the working directory may not be entered");
		}
	}

	/**
	 * Refuse a program that is missing, or cannot be executed, as far as that can be seen
	 * without executing it.
	 */
	static void requireProgram(SpawnRequest request, byte[] path) throws IOException {
		requireDirectory(request);
		byte[] file = ProgramLookup.fromHere(request, path);
		int type = FileStatus.ofPath(file);
		if (type == -Errno.ENOENT || type == -Errno.ENOTDIR) {
			throw missing(request.program(), file, -type);
		}
		if ((type >= 0 && type != FileStatus.S_IFREG) || FileStatus.executable(file) == -Errno.EACCES) {
			throw denied(request.program(), file, Errno.EACCES);
		}
		ByteBuffer head = head(file);
		String interpreter = (head != null) ? Shebang.interpreter(head.duplicate()) : "";
		if (!interpreter.isEmpty()
				&& FileStatus.ofPath(ProgramLookup.fromHere(request, FileNames.encode(interpreter))) == -Errno.ENOENT) {
			throw missing(request.program(), file, Errno.ENOENT);
		}
		if (head != null && interpreter.isEmpty() && !isBinary(head) && !hasOtherFormats()) {
			// A program that searches the PATH has a shell execute it then
			throw new PosixException("Cannot start " + request.program(), Errno.ENOEXEC,
					advice(request, Errno.ENOEXEC));
		}
	}

	private static boolean isBinary(ByteBuffer head) {
		return head.remaining() >= ELF.length && ByteBuffer.wrap(ELF).equals(head.slice(0, ELF.length));
	}

	/**
	 * Return whether the kernel executes formats of which only its administrator knows.
	 */
	private static boolean hasOtherFormats() {
		String[] formats = OTHER_FORMATS.list();
		return formats != null && formats.length > CONTROLS_OF_FORMATS;
	}

	private static IOException missing(String program, byte[] file, int errno) {
		if (errno == Errno.ENOTDIR) {
			return new NoSuchFileException(program, null, "a part of the program's path is not a directory");
		}
		if (FileStatus.ofPath(file) < 0) {
			return new NoSuchFileException(program, null, "there is no such program");
		}
		String interpreter = interpreter(file);
		return new NoSuchFileException(program, null,
				interpreter.isEmpty()
						? "the program is there, but not the loader it needs: it was built for another system"
						: Shebang.missing(interpreter));
	}

	private static IOException denied(String program, byte[] file, int errno) {
		int type = FileStatus.ofPath(file);
		if (type == FileStatus.S_IFDIR) {
			return new AccessDeniedException(program, null, "it is a directory, not a program");
		}
		if (type >= 0 && FileStatus.executable(file) == 0) {
			if (errno == Errno.EPERM) {
				return new PosixException("Cannot start " + program, errno,
						"the program may be executed, so a seccomp profile may forbid starting processes: let it allow clone3 and execve, or answer ENOSYS for clone3");
			}
			return new AccessDeniedException(program, null,
					"its file system is mounted noexec, or its interpreter may not be executed");
		}
		return new AccessDeniedException(program, null, "it may not be executed (chmod +x would allow it)");
	}

	private static String interpreter(byte[] file) {
		ByteBuffer head = head(file);
		return (head != null) ? Shebang.interpreter(head) : "";
	}

	/**
	 * Return how a file begins, {@code null} if it may not be read.
	 */
	private static @Nullable ByteBuffer head(byte[] file) {
		int fd = RedirectFile.tryOpen(file, RedirectFile.O_RDONLY | O_NONBLOCK);
		if (fd < 0) {
			return null;
		}
		ByteBuffer head = ByteBuffer.allocateDirect(FIRST_LINE);
		try {
			Descriptors.read(fd, head);
		}
		catch (IOException ex) {
			return null;
		}
		finally {
			Descriptors.close(fd);
		}
		return head.flip();
	}

	private static String advice(SpawnRequest request, int errno) {
		return switch (errno) {
			case Errno.E2BIG ->
				"its arguments and environment are larger than the kernel takes: hand over the data by a file or by stdin";
			case Errno.EAGAIN ->
				"the limit on processes (ulimit -u, or pids.max of the container) is reached: end some or raise it";
			case Errno.ENOEXEC -> "it is neither a program for this machine nor a script that begins with #!";
			case Errno.EBADF -> "one of its standard streams' descriptors " + request.stdin() + ", " + request.stdout()
					+ ", " + request.stderr() + " is not open";
			case Errno.ETXTBSY -> "the program's file is open for writing: try again";
			default -> Errno.advice(errno);
		};
	}

	private static final class NotWorkingDirectoryException extends NotDirectoryException {

		@Serial
		private static final long serialVersionUID = 1L;

		private NotWorkingDirectoryException(String file) {
			super(file);
		}

		@Override
		public String getReason() {
			return "the working directory is not a directory";
		}

	}

}
