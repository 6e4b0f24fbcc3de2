package io.eventloop.posix;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(20)
class RedirectFileTests {

	@TempDir
	private Path directory = Path.of("");

	@Test
	void writingEmptiesAndAppendingDoesNot() throws IOException {
		Path file = this.directory.resolve("file");
		write(RedirectFile.toAppend(file.toFile()), "one ");
		write(RedirectFile.toAppend(file.toFile()), "two");
		assertThat(file).hasContent("one two");
		write(RedirectFile.toWrite(file.toFile()), "three");
		assertThat(file).hasContent("three");
	}

	@Test
	void whatIsReadComesFromTheFile() throws IOException {
		int fd = RedirectFile.toRead(Files.writeString(this.directory.resolve("file"), "text").toFile());
		assertThat(fd).isGreaterThan(2);
		assertThat(CapturedChild.readAll(fd)).isEqualTo("text");
		Descriptors.close(fd);
	}

	@Test
	void aMissingFileIsNamed() {
		String file = this.directory.resolve("missing").toString();
		assertThatExceptionOfType(NoSuchFileException.class)
			.isThrownBy(() -> RedirectFile.toRead(Path.of(file).toFile()))
			.satisfies((ex) -> assertThat(ex.getFile()).isEqualTo(file))
			.withMessageContaining("there is no such file");
	}

	@Test
	void otherErrorsNameTheFileToo() throws IOException {
		assertThatExceptionOfType(FileSystemException.class)
			.isThrownBy(() -> RedirectFile.toWrite(this.directory.toFile()))
			.withMessage(this.directory + ": it is a folder");
		Path below = Files.createFile(this.directory.resolve("file")).resolve("below");
		assertThatExceptionOfType(FileSystemException.class).isThrownBy(() -> RedirectFile.toRead(below.toFile()))
			.withMessageContaining(below + ": a part of its path is not a folder");
		assertThat(RedirectFile.refusal("/file", Errno.EACCES)).isInstanceOf(AccessDeniedException.class)
			.hasMessageContaining("/file");
		assertThat(RedirectFile.refusal("/file", Errno.EMFILE)).isInstanceOf(PosixException.class)
			.hasMessageContaining("/file");
	}

	private static void write(int fd, String text) throws IOException {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		Descriptors.write(fd, ByteBuffer.allocateDirect(bytes.length).put(bytes).flip());
		Descriptors.close(fd);
	}

}
