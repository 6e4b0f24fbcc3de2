package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.stereotype.Component;

/**
 * The database of a service that runs alone, in a file of its directory, unless
 * {@code spring.datasource.url} names another.
 */
@Component
@ConditionalOnProperty(name = "spring.datasource.url", havingValue = "none", matchIfMissing = true)
class EmbeddedDatabase implements JdbcConnectionDetails, DisposableBean {

	/**
	 * The directories of this JVM: opening and closing another channel to a locked file
	 * would release the lock.
	 */
	private static final Set<Path> own = ConcurrentHashMap.newKeySet();

	private final Path directory;

	private final FileChannel lock;

	EmbeddedDatabase(JobsProperties properties) throws IOException {
		if (properties.polling() == JobsProperties.Polling.LOCK_AND_FETCH) {
			throw RefusedStartException.noDatabase();
		}
		this.directory = Files.createDirectories(properties.directory()).toRealPath();
		this.lock = lock(this.directory);
	}

	private static FileChannel lock(Path directory) throws IOException {
		if (!own.add(directory)) {
			throw RefusedStartException.directoryInUse(directory);
		}
		FileChannel channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE,
				StandardOpenOption.WRITE);
		if (channel.tryLock() == null) {
			channel.close();
			own.remove(directory);
			throw RefusedStartException.directoryInUse(directory);
		}
		return channel;
	}

	@Override
	public String getUsername() {
		return "sa";
	}

	@Override
	public String getPassword() {
		return "";
	}

	/**
	 * Every commit is written at once, so that a killed service has lost none.
	 */
	@Override
	public String getJdbcUrl() {
		return "jdbc:h2:file:" + this.directory.resolve("jobs") + ";DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0";
	}

	@Override
	public void destroy() throws IOException {
		this.lock.close();
		own.remove(this.directory);
	}

}
