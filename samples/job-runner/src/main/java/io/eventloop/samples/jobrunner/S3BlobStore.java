package io.eventloop.samples.jobrunner;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

import org.springframework.util.unit.DataSize;

/**
 * Keeps objects in a store that speaks S3. Large files are sent in parts, each read from
 * the file as it is sent.
 */
final class S3BlobStore implements BlobStore, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(S3BlobStore.class);

	/** No body and no output takes that long to send. */
	private static final Duration STALE = Duration.ofDays(1);

	private static final String TYPE = "application/octet-stream";

	private final S3Client client;

	private final String bucket;

	private final long partSize;

	S3BlobStore(S3Client client, String bucket, DataSize partSize) {
		this.client = client;
		this.bucket = bucket;
		this.partSize = partSize.toBytes();
	}

	@Override
	public void put(String key, Path file) throws IOException {
		long size = Files.size(file);
		try {
			if (size <= this.partSize) {
				this.client.putObject((request) -> request.bucket(this.bucket).key(key), part(file, 0, size));
			}
			else {
				putParts(key, file, size);
			}
		}
		catch (SdkException | UncheckedIOException ex) {
			throw away(ex);
		}
	}

	private void putParts(String key, Path file, long size) {
		String upload = this.client.createMultipartUpload((request) -> request.bucket(this.bucket).key(key)).uploadId();
		try {
			List<CompletedPart> parts = new ArrayList<>();
			for (long start = 0; start < size; start += this.partSize) {
				int number = parts.size() + 1;
				String tag = this.client
					.uploadPart((request) -> request.bucket(this.bucket).key(key).uploadId(upload).partNumber(number),
							part(file, start, Math.min(this.partSize, size - start)))
					.eTag();
				parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
			}
			this.client.completeMultipartUpload((request) -> request.bucket(this.bucket)
				.key(key)
				.uploadId(upload)
				.multipartUpload((completed) -> completed.parts(parts)));
		}
		catch (RuntimeException ex) {
			abort(key, upload);
			throw ex;
		}
	}

	/**
	 * What cannot be aborted now is found as stale.
	 */
	private void abort(String key, String upload) {
		try {
			this.client.abortMultipartUpload((request) -> request.bucket(this.bucket).key(key).uploadId(upload));
		}
		catch (SdkException ex) {
			logger.warn("The upload of '{}' could not be aborted yet: {}", key, ex.toString());
		}
	}

	/**
	 * The file may be read several times, when a request is repeated.
	 */
	private static RequestBody part(Path file, long start, long length) {
		return RequestBody.fromContentProvider(() -> open(file, start, length), length, TYPE);
	}

	private static InputStream open(Path file, long start, long length) {
		try {
			FileChannel channel = FileChannel.open(file);
			channel.position(start);
			return new BufferedInputStream(new LimitedInputStream(Channels.newInputStream(channel), length), 64 * 1024);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public Path fetch(String key, Blob blob, Path target) throws IOException, BlobException {
		try (ResponseInputStream<GetObjectResponse> in = this.client
			.getObject((request) -> request.bucket(this.bucket).key(key));
				OutputStream out = Files.newOutputStream(target)) {
			if (!Digests.copy(in, out).equals(blob)) {
				throw BlobException.altered(key);
			}
			return target;
		}
		catch (NoSuchKeyException ex) {
			throw BlobException.missing(key);
		}
		catch (SdkException ex) {
			throw away(ex);
		}
	}

	@Override
	public Optional<Path> file(String key) {
		return Optional.empty();
	}

	@Override
	public void copy(String key, long start, long end, OutputStream out) throws IOException {
		try (ResponseInputStream<GetObjectResponse> in = this.client.getObject(
				(request) -> request.bucket(this.bucket).key(key).range("bytes=%d-%d".formatted(start, end - 1)))) {
			in.transferTo(out);
		}
		catch (SdkException ex) {
			throw away(ex);
		}
	}

	@Override
	public void deleteAll(long id) throws IOException {
		try {
			for (S3Object object : this.client
				.listObjectsV2Paginator((request) -> request.bucket(this.bucket).prefix(id + "/"))
				.contents()) {
				this.client.deleteObject((request) -> request.bucket(this.bucket).key(object.key()));
			}
		}
		catch (SdkException ex) {
			throw away(ex);
		}
	}

	/**
	 * Delete the parts of uploads that will not be completed.
	 */
	@Override
	public void deleteAborted() throws IOException {
		try {
			Instant stale = Instant.now().minus(STALE);
			for (MultipartUpload upload : this.client.listMultipartUploads((request) -> request.bucket(this.bucket))
				.uploads()) {
				if (upload.initiated().isBefore(stale)) {
					abort(upload.key(), upload.uploadId());
				}
			}
		}
		catch (SdkException ex) {
			throw away(ex);
		}
	}

	@Override
	public void check() throws IOException {
		try {
			this.client.headBucket((request) -> request.bucket(this.bucket));
		}
		catch (SdkException ex) {
			throw away(ex);
		}
	}

	private static IOException away(RuntimeException cause) {
		return new IOException("The store cannot be reached: " + cause.getMessage(), cause);
	}

	@Override
	public void close() {
		this.client.close();
	}

}
