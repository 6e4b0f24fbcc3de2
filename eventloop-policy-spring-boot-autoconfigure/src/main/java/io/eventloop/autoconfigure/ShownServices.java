package io.eventloop.autoconfigure;

import java.util.List;
import java.util.Locale;

import io.eventloop.supervision.SupervisedProcess;
import io.eventloop.supervision.SupervisedProcesses;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The services as the endpoint shows and changes them. Asks no loop, so it answers while
 * one hangs.
 */
final class ShownServices {

	private static final Logger logger = LoggerFactory.getLogger(ShownServices.class);

	private static final String VIEW = "services";

	private final SupervisedProcesses services;

	ShownServices(SupervisedProcesses services) {
		this.services = services;
	}

	List<ServiceDescriptor> describe() {
		return ServiceDescriptor.of(this.services);
	}

	/**
	 * Return a service, {@code null} if there is none of that name, or another view is
	 * asked for.
	 */
	@Nullable ServiceDescriptor describe(String view, String name) {
		SupervisedProcess service = find(view, name);
		return (service != null) ? ServiceDescriptor.of(service) : null;
	}

	/**
	 * Ask a service to do something.
	 * @return whether there is one of that name
	 */
	boolean change(String view, String name, ServiceAction action) {
		SupervisedProcess service = find(view, name);
		if (service == null) {
			return false;
		}
		logger.info("{} is told to {} by the endpoint", service.name(), action.name().toLowerCase(Locale.ROOT));
		action.of(service);
		return true;
	}

	private @Nullable SupervisedProcess find(String view, String name) {
		return (view.equals(VIEW) && this.services.names().contains(name)) ? this.services.get(name) : null;
	}

}
