package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

import io.eventloop.samples.jobrunner.JobsProperties.BlobProperties;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Chooses the store.
 */
@Configuration(proxyBeanMethods = false)
class BlobConfiguration {

	@Bean
	BlobStore blobStore(JobsProperties properties) throws IOException {
		BlobProperties blobs = properties.blobs();
		URI endpoint = blobs.endpoint();
		if (endpoint != null) {
			return new S3BlobStore(client(blobs, endpoint), blobs.bucket(), blobs.partSize());
		}
		Path directory = blobs.directory();
		return new FolderBlobStore((directory != null) ? directory : properties.directory().resolve("blobs"));
	}

	/**
	 * Checksums of the protocol are left out, as not every store has them: the service
	 * has digests of its own.
	 */
	private static S3Client client(BlobProperties blobs, URI endpoint) {
		return S3Client.builder()
			.endpointOverride(endpoint)
			.region(Region.of(blobs.region()))
			.forcePathStyle(true)
			.credentialsProvider(credentials(blobs))
			.requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
			.responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
			.httpClientBuilder(UrlConnectionHttpClient.builder())
			.build();
	}

	private static AwsCredentialsProvider credentials(BlobProperties blobs) {
		String accessKey = blobs.accessKey();
		String secretKey = blobs.secretKey();
		return (accessKey != null && secretKey != null)
				? StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey))
				: DefaultCredentialsProvider.builder().build();
	}

}
