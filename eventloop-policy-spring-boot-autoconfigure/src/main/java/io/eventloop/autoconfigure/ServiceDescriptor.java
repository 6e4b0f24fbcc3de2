package io.eventloop.autoconfigure;

import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;

import io.eventloop.supervision.SupervisedProcess;
import io.eventloop.supervision.SupervisedProcesses;
import io.eventloop.supervision.SupervisionStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Description of a service. Has nothing of its arguments, environment and output.
 *
 * @param name its name in {@code eventloop.services}, or that of its MCP connection
 * @param state its state, such as {@code backing-off}
 * @param since when it entered the state
 * @param restarts how many times a child was started after the first
 * @param lastExit the exit code of the last child that has exited, or minus the number of
 * the signal that ended it, or {@code null} if none has exited
 * @param problem why the last child ended, or {@code null} if none has
 * @since 0.1.0
 */
public record ServiceDescriptor(String name, String state, Instant since, long restarts, @Nullable Integer lastExit,
		@Nullable String problem) implements OperationResponseBody {

	static List<ServiceDescriptor> of(SupervisedProcesses services) {
		return StreamSupport.stream(services.spliterator(), false).map(ServiceDescriptor::of).toList();
	}

	static ServiceDescriptor of(SupervisedProcess service) {
		SupervisionStatus status = service.status();
		OptionalInt lastExit = status.lastExit();
		return new ServiceDescriptor(service.name(), status.state().tag(), status.since(), status.restarts(),
				lastExit.isPresent() ? lastExit.getAsInt() : null, status.problem());
	}

}
