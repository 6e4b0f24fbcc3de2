package io.eventloop.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/**
 * Runs an application again and again as DevTools does: in one JVM, its classes with a
 * class loader and a thread of their own each time, and those of libraries with one.
 */
final class Restarter extends ClassLoader {

	static final int TIMES = 4;

	private static final int PATIENCE = 100;

	private final String application;

	private Restarter(String application) {
		super(Restarter.class.getClassLoader());
		this.application = application;
	}

	public static void main(String[] arguments) {
		int status = 1;
		try {
			List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
			for (int i = 0; i < TIMES; i++) {
				loaders.add(start(System.getProperty("restarted")));
			}
			System.out.println("loaders " + alive(loaders));
			status = 0;
		}
		catch (Exception ex) {
			ex.printStackTrace();
		}
		System.exit(status);
	}

	private static WeakReference<ClassLoader> start(String name) throws Exception {
		Restarter loader = new Restarter(name);
		@SuppressWarnings("unchecked")
		Callable<String> application = (Callable<String>) loader.loadClass(name).getDeclaredConstructor().newInstance();
		FutureTask<String> run = new FutureTask<>(application);
		Thread thread = new Thread(run, "restartedMain");
		thread.setContextClassLoader(loader);
		thread.start();
		System.out.println("ran with " + run.get());
		thread.join();
		return new WeakReference<>(loader);
	}

	/**
	 * Collect until all loaders are gone, or patience is.
	 */
	private static long alive(List<WeakReference<ClassLoader>> loaders) throws InterruptedException {
		long alive = loaders.size();
		for (int i = 0; i < PATIENCE && alive > 0; i++) {
			System.gc();
			Object pause = new Object();
			synchronized (pause) {
				pause.wait(100);
			}
			alive = loaders.stream().filter((loader) -> loader.get() != null).count();
		}
		return alive;
	}

	@Override
	protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
		if (!name.startsWith(this.application)) {
			return super.loadClass(name, resolve);
		}
		synchronized (getClassLoadingLock(name)) {
			Class<?> loaded = findLoadedClass(name);
			return (loaded != null) ? loaded : findClass(name);
		}
	}

	@Override
	protected Class<?> findClass(String name) throws ClassNotFoundException {
		try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
			if (file == null) {
				throw new ClassNotFoundException(name);
			}
			byte[] bytes = file.readAllBytes();
			return defineClass(name, bytes, 0, bytes.length);
		}
		catch (IOException ex) {
			throw new ClassNotFoundException(name, ex);
		}
	}

}
