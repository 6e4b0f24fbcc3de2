package io.eventloop.client;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Stream;

import io.eventloop.ChildExit;
import io.eventloop.ExitStatus;
import io.eventloop.ResourceUsage;
import io.eventloop.SubprocessTransport;
import org.jspecify.annotations.Nullable;

/**
 * What the programs of a run amount to.
 *
 * @param members the programs, from the left to the right
 */
record RunFigures(List<RunMember> members) {

	RunReport report(@Nullable Throwable failure, Duration duration, Duration waited) {
		List<SubprocessTransport> born = this.members.stream()
			.map(RunMember::transport)
			.filter(Objects::nonNull)
			.toList();
		return new RunReport(RunOutcome.of(failure, !born.isEmpty()), failure, pid(), status(), duration, waited,
				this.members.isEmpty() ? OptionalLong.empty() : this.members.get(0).streams().written(),
				sum(this.members.stream().map(RunMember::received)), usage(born));
	}

	private @Nullable SubprocessTransport last() {
		return this.members.isEmpty() ? null : this.members.get(this.members.size() - 1).transport();
	}

	private OptionalLong pid() {
		SubprocessTransport last = last();
		return (last != null) ? OptionalLong.of(last.pid()) : OptionalLong.empty();
	}

	private @Nullable ExitStatus status() {
		SubprocessTransport last = last();
		return (last != null) ? last.exit().map(ChildExit::status).orElse(null) : null;
	}

	private static OptionalLong sum(Stream<OptionalLong> amounts) {
		return amounts.filter(OptionalLong::isPresent)
			.mapToLong(OptionalLong::getAsLong)
			.boxed()
			.reduce(Long::sum)
			.map(OptionalLong::of)
			.orElseGet(OptionalLong::empty);
	}

	private static @Nullable ResourceUsage usage(List<SubprocessTransport> born) {
		return born.stream()
			.flatMap((child) -> child.exit().stream())
			.map(ChildExit::usage)
			.filter(Objects::nonNull)
			.reduce(RunFigures::plus)
			.orElse(null);
	}

	private static ResourceUsage plus(ResourceUsage one, ResourceUsage other) {
		return new ResourceUsage(one.userTime().plus(other.userTime()), one.systemTime().plus(other.systemTime()),
				Stream.of(one.maxResidentBytes(), other.maxResidentBytes()).flatMapToLong(OptionalLong::stream).max());
	}

}
