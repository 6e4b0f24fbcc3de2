package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * The directory with the files of running jobs and of bodies that are being received,
 * while the service is running. A lock on a file in it shows that the service is alive;
 * the kernel releases the lock however the service ends. The next start deletes what
 * killed services have left.
 */
@Component
class JobsDirectory implements DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(JobsDirectory.class);

	private static final String PREFIX = "job-runner-";

	private static final String LOCK = "lock";

	/**
	 * The directories of this JVM: opening and closing another channel to a locked file
	 * would release the lock.
	 */
	private static final Set<Path> own = ConcurrentHashMap.newKeySet();

	private final Path path;

	private final FileChannel lock;

	JobsDirectory(JobsProperties properties) throws IOException {
		Path parent = Files.createDirectories(properties.directory()).toRealPath();
		sweep(parent);
		this.path = Files.createTempDirectory(parent, PREFIX);
		own.add(this.path);
		this.lock = lock(this.path);
	}

	/**
	 * The file gets its name only after it is locked, so that no other instance finds it
	 * unlocked.
	 */
	private static FileChannel lock(Path directory) throws IOException {
		Path draft = directory.resolve(LOCK + ".new");
		FileChannel channel = FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
		channel.lock();
		Files.move(draft, directory.resolve(LOCK));
		return channel;
	}

	private static void sweep(Path parent) throws IOException {
		try (Stream<Path> directories = Files.list(parent)) {
			directories.filter(
					(directory) -> directory.getFileName().toString().startsWith(PREFIX) && !own.contains(directory))
				.forEach(JobsDirectory::deleteIfLeft);
		}
	}

	private static void deleteIfLeft(Path directory) {
		Path file = directory.resolve(LOCK);
		if (!Files.isRegularFile(file) || !Files.isWritable(file)) {
			return;
		}
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
				FileLock lock = channel.tryLock()) {
			if (lock != null) {
				FileSystemUtils.deleteRecursively(directory);
				logger.info("Deleted {}, which a killed service has left", directory);
			}
		}
		catch (IOException ex) {
			logger.warn("The files of killed services in {} could not be deleted", directory, ex);
		}
	}

	Path path() {
		return this.path;
	}

	JobFiles create(String name) throws IOException {
		return new JobFiles(Files.createDirectory(this.path.resolve(name)));
	}

	@Override
	public void destroy() throws IOException {
		try (this.lock) {
			FileSystemUtils.deleteRecursively(this.path);
		}
		finally {
			own.remove(this.path);
		}
	}

}
