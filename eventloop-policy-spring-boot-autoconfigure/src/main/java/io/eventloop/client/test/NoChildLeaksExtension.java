package io.eventloop.client.test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Takes stock before a test, and compares after it.
 */
final class NoChildLeaksExtension implements BeforeEachCallback, AfterEachCallback {

	private static final Namespace NAMESPACE = Namespace.create(NoChildLeaksExtension.class);

	private static final Duration PAUSE = Duration.ofMillis(10);

	@Override
	public void beforeEach(ExtensionContext context) {
		context.getStore(NAMESPACE).put(Inventory.class, Inventory.take(settings(context).loops()));
	}

	@Override
	public void afterEach(ExtensionContext context) {
		Inventory before = context.getStore(NAMESPACE).remove(Inventory.class, Inventory.class);
		if (before == null) {
			return;
		}
		NoChildLeaks settings = settings(context);
		long end = System.nanoTime() + Duration.ofMillis(settings.patienceMillis()).toNanos();
		List<String> left = Inventory.take(settings.loops()).without(before);
		while (!left.isEmpty() && System.nanoTime() - end < 0) {
			LockSupport.parkNanos(PAUSE.toNanos());
			left = Inventory.take(settings.loops()).without(before);
		}
		if (!left.isEmpty()) {
			throw new AssertionError(
					"%s has left behind %s; end what it starts, close its loops and clients, or wait for their end"
						.formatted(context.getDisplayName(), String.join(", ", left)));
		}
	}

	private static NoChildLeaks settings(ExtensionContext context) {
		return AnnotationSupport.findAnnotation(context.getElement(), NoChildLeaks.class)
			.or(() -> AnnotationSupport.findAnnotation(context.getRequiredTestClass(), NoChildLeaks.class,
					context.getEnclosingTestClasses()))
			.orElseGet(Defaults::settings);
	}

	/**
	 * Bears the annotation's defaults, for where the extension is registered without it.
	 */
	@NoChildLeaks
	private static final class Defaults {

		private static NoChildLeaks settings() {
			return Defaults.class.getAnnotation(NoChildLeaks.class);
		}

	}

}
