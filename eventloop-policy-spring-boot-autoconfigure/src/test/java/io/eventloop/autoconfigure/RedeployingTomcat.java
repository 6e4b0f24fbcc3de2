package io.eventloop.autoconfigure;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;

/**
 * Deploys a WAR again and again in one Tomcat, and prints how many of its class loaders
 * are still there in the end, how many guardians there are before each undeployment, and
 * how many children of any kind after it. Runs in a JVM that has nothing but Tomcat on
 * its class path.
 */
final class RedeployingTomcat {

	private static final int PATIENCE = 50;

	private final Tomcat tomcat = new Tomcat();

	private final HttpClient client = HttpClient.newHttpClient();

	private final List<WeakReference<ClassLoader>> loaders = new ArrayList<>();

	private RedeployingTomcat(Path folder) throws LifecycleException {
		this.tomcat.setBaseDir(folder.toString());
		this.tomcat.setPort(0);
		this.tomcat.getConnector().setProperty("minSpareThreads", "2");
		this.tomcat.getConnector().setProperty("maxThreads", "2");
		this.tomcat.getHost();
		this.tomcat.start();
	}

	public static void main(String[] arguments) {
		int status = 1;
		try {
			RedeployingTomcat tomcat = new RedeployingTomcat(Path.of(arguments[0]));
			for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
				System.out.println("answered " + tomcat.deployAndUndeploy(arguments[1]));
			}
			System.out.println("loaders " + tomcat.loadersAlive());
			status = 0;
		}
		catch (Exception ex) {
			ex.printStackTrace();
		}
		// Tomcat's threads would keep the JVM
		System.exit(status);
	}

	private String deployAndUndeploy(String war) throws Exception {
		Context context = this.tomcat.addWebapp("/war", war);
		if (!context.getState().isAvailable()) {
			throw new IllegalStateException("The WAR did not start");
		}
		this.loaders.add(new WeakReference<>(context.getLoader().getClassLoader()));
		String answer = get();
		// In each of the container's threads
		for (int i = 0; i < 4; i++) {
			get();
		}
		System.out.println("deployed: guardians " + children("eventloop-guardian"));
		this.tomcat.getHost().removeChild(context);
		System.out.println("undeployed: processes " + children("\0"));
		return answer;
	}

	private static long children(String text) {
		return ProcessHandle.current().children().filter((child) -> commandLine(child).contains(text)).count();
	}

	/**
	 * Return all of it: {@link ProcessHandle.Info} has no long ones.
	 */
	private static String commandLine(ProcessHandle process) {
		try {
			return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
		}
		catch (IOException ex) {
			return "";
		}
	}

	private String get() throws IOException, InterruptedException {
		URI uri = URI.create("http://localhost:%d/war/run".formatted(this.tomcat.getConnector().getLocalPort()));
		return this.client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString()).body();
	}

	/**
	 * Collect until all loaders are gone, or patience is.
	 */
	private long loadersAlive() throws InterruptedException {
		long alive = this.loaders.size();
		for (int i = 0; i < PATIENCE && alive > 0; i++) {
			System.gc();
			synchronized (this) {
				wait(100);
			}
			alive = this.loaders.stream().filter((loader) -> loader.get() != null).count();
		}
		return alive;
	}

}
