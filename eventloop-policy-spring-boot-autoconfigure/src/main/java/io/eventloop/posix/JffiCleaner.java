package io.eventloop.posix;

import java.lang.ref.Cleaner;
import java.lang.reflect.Field;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps jffi from holding the class loader of an application that was undeployed.
 * <p>
 * jffi describes functions in native memory, and frees it with a {@link Cleaner} whose
 * thread ends when nothing is left to free. Its own caches see to it that there always
 * is, so the thread and, through it, jffi's class loader stay for ever. Where jffi was
 * loaded by a class loader that can go, with a WAR, it gets a cleaner whose thread ends
 * at once: the few hundred bytes that our functions take are not freed, and the class
 * loader is.
 */
final class JffiCleaner {

	private static final Logger logger = LoggerFactory.getLogger(JffiCleaner.class);

	private JffiCleaner() {
	}

	/**
	 * Replace the cleaner, unless it is in use. To be called before jffi is.
	 */
	static void replace() {
		ClassLoader loader = JffiCleaner.class.getClassLoader();
		if (isForGood(loader)) {
			return;
		}
		try {
			Class<?> type = Class.forName("com.kenai.jffi.internal.Cleaner", true, loader);
			if (type.getClassLoader() == loader) {
				replaceIn(type);
			}
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			logger.debug("This version of jffi has another cleaner; undeploying the application may leak memory", ex);
		}
	}

	/**
	 * Return whether the loader stays as long as the JVM: that of the class path, or of a
	 * runnable jar.
	 */
	private static boolean isForGood(ClassLoader loader) {
		return loader == ClassLoader.getSystemClassLoader()
				|| loader.getClass().getName().startsWith("org.springframework.boot.loader.");
	}

	private static void replaceIn(Class<?> type) throws ReflectiveOperationException {
		Field cleaner = type.getDeclaredField("cleaner");
		cleaner.setAccessible(true);
		if (cleaner.get(null) == null) {
			cleaner.set(null, Cleaner.create((task) -> new Thread("eventloop-jffi-cleaner")));
		}
	}

}
