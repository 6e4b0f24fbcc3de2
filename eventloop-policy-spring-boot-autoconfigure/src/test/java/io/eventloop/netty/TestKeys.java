package io.eventloop.netty;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A key for {@code localhost}, made by the JDK's keytool.
 */
final class TestKeys {

	private static final char[] PASSWORD = "only for tests".toCharArray();

	private TestKeys() {
	}

	/**
	 * Make a key, and return a context that has it and trusts it.
	 */
	static SSLContext newContext(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
		Path file = folder.resolve("keys.p12");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost,ip:127.0.0.1",
				"-storetype", "PKCS12", "-storepass", new String(PASSWORD), "-keystore", file.toString())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		assertThat(keytool.waitFor(50, TimeUnit.SECONDS)).isTrue();
		KeyStore keys = KeyStore.getInstance("PKCS12");
		try (InputStream stored = Files.newInputStream(file)) {
			keys.load(stored, PASSWORD);
		}
		KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		own.init(keys, PASSWORD);
		KeyStore trusted = KeyStore.getInstance("PKCS12");
		trusted.load(null, null);
		trusted.setCertificateEntry("localhost", keys.getCertificate("mykey"));
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(trusted);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
		return context;
	}

}
