package io.eventloop.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

import io.eventloop.EventLoop;
import io.eventloop.SubprocessSpec;
import org.jspecify.annotations.Nullable;

/**
 * Collects what makes a client.
 */
final class ClientBuilder implements SubprocessClient.Builder {

	private final EventLoop loop;

	private final List<UnaryOperator<SubprocessCommand>> defaults = new ArrayList<>();

	private final Map<String, NamedCommand> commands = new LinkedHashMap<>();

	private final List<SubprocessObserver> observers = new ArrayList<>(FlightRecorderObserver.ifPresent());

	private @Nullable ConcurrencyLimit limit;

	private boolean errorsInMessages = true;

	private boolean ownLoopOnly;

	ClientBuilder(EventLoop loop) {
		this.loop = Objects.requireNonNull(loop, "'loop' must not be null");
	}

	@Override
	public SubprocessClient.Builder defaults(UnaryOperator<SubprocessCommand> settings) {
		this.defaults.add(Objects.requireNonNull(settings, "'settings' must not be null"));
		return this;
	}

	@Override
	public SubprocessClient.Builder command(String name, List<String> command,
			UnaryOperator<SubprocessCommand> settings) {
		this.commands.put(name, new NamedCommand(SubprocessSpec.exec(command).name(name), settings));
		return this;
	}

	@Override
	public SubprocessClient.Builder limit(ConcurrencyLimit overall) {
		this.limit = overall;
		return this;
	}

	@Override
	public SubprocessClient.Builder errorsInMessages(boolean shown) {
		this.errorsInMessages = shown;
		return this;
	}

	@Override
	public SubprocessClient.Builder observer(SubprocessObserver observer) {
		this.observers.add(Objects.requireNonNull(observer, "'observer' must not be null"));
		return this;
	}

	@Override
	public SubprocessClient.Builder ownLoopOnly() {
		this.ownLoopOnly = true;
		return this;
	}

	@Override
	public SubprocessClient build() {
		ClientSettings settings = new ClientSettings(this.loop, this.limit, this.errorsInMessages,
				List.copyOf(this.observers), this.ownLoopOnly);
		return new LoopSubprocessClient(settings, List.copyOf(this.defaults), this.commands);
	}

	/**
	 * A command that was given a name.
	 *
	 * @param spec what it starts
	 * @param settings sets what is different from the defaults
	 */
	record NamedCommand(SubprocessSpec spec, UnaryOperator<SubprocessCommand> settings) {

	}

}
