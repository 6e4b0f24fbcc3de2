package io.eventloop.posix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What this process may do for its children, as {@code /proc/self} says. Where that
 * cannot be read, it may do anything: the attempt will tell.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://man7.org/linux/man-pages/man7/capabilities.7.html">capabilities(7)</a>
 */
public enum ProcessRights {

	/** To give a child another group, {@code CAP_SETGID}. */
	SET_GROUP("CAP_SETGID", 6),

	/** To give a child another user, {@code CAP_SETUID}. */
	SET_USER("CAP_SETUID", 7),

	/** To give a child a higher priority than its own, {@code CAP_SYS_NICE}. */
	RAISE_PRIORITY("CAP_SYS_NICE", 23),

	/** To give a child higher limits than its own, {@code CAP_SYS_RESOURCE}. */
	RAISE_LIMITS("CAP_SYS_RESOURCE", 24);

	private static final Path STATUS = Path.of("/proc/self/status");

	private static final Path LIMITS = Path.of("/proc/self/limits");

	private static final String EFFECTIVE = "CapEff:";

	private static final int SOFT_AND_HARD = 2;

	private final String capability;

	private final int bit;

	ProcessRights(String capability, int bit) {
		this.capability = capability;
		this.bit = bit;
	}

	/**
	 * Return whether this process has the right.
	 * @return whether it has, as far as that can be told
	 */
	public boolean isHeld() {
		try (Stream<String> lines = Files.lines(STATUS)) {
			return lines.filter((line) -> line.startsWith(EFFECTIVE))
				.map((line) -> Long.parseUnsignedLong(line.substring(EFFECTIVE.length()).strip(), 16))
				.allMatch((set) -> (set & 1L << this.bit) != 0);
		}
		catch (IOException | UncheckedIOException ex) {
			return true;
		}
	}

	/**
	 * Return the hard limit of a resource, which only a privileged process may raise.
	 * @param name its name in {@code /proc/self/limits}, such as {@code Max open files}
	 * @return the limit; empty where there is none, or it cannot be told
	 */
	public static OptionalLong hardLimit(String name) {
		try (Stream<String> lines = Files.lines(LIMITS)) {
			return lines.filter((line) -> line.startsWith(name + " "))
				.map((line) -> line.substring(name.length()).strip().split(" +", SOFT_AND_HARD + 1)[1])
				.filter((limit) -> !limit.equals("unlimited"))
				.mapToLong(Long::parseLong)
				.findFirst();
		}
		catch (IOException | UncheckedIOException | NumberFormatException ex) {
			return OptionalLong.empty();
		}
	}

	/**
	 * Return the right's name.
	 */
	@Override
	public String toString() {
		return this.capability;
	}

}
