package io.eventloop.subprocess;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.eventloop.ChildRestrictions;
import io.eventloop.ChildRestrictions.Resource;
import io.eventloop.ChildTree;
import io.eventloop.SubprocessSpec;
import io.eventloop.posix.ProcessRights;

/**
 * Makes a command of restrictions: the tools that restrict a child, each of which
 * executes the next, and the last one the child's program. None of them forks, so the
 * first one's pid is the child's. What needs privileges comes before they are given up.
 * From any thread.
 *
 * @since 0.1.0
 */
public final class RestrictedStart {

	/**
	 * For a name of its own the shell takes the first argument.
	 */
	private static final String UMASK = "command umask %03o; exec \"$@\"";

	private static final Pattern SHELL_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

	private final ChildRestrictions restrictions;

	private final List<String> command = new ArrayList<>();

	private RestrictedStart(ChildRestrictions restrictions) {
		this.restrictions = restrictions;
	}

	/**
	 * Return what is to be executed before the program of a tree's root: the entry of the
	 * tree, and then the tools, which may take away the right to enter.
	 */
	static List<String> wrapper(ChildTree tree) {
		List<String> entry = tree.entry();
		List<String> tools = wrapper(tree.spec());
		return entry.isEmpty() ? tools : Stream.concat(entry.stream(), tools.stream()).toList();
	}

	/**
	 * Return what is to be executed before a child's program.
	 * @param spec what is to be started
	 * @return the tools and their arguments, to which the program and its arguments are
	 * added; empty where nothing is restricted
	 * @throws UnsupportedOperationException if that cannot be done here
	 */
	static List<String> wrapper(SubprocessSpec spec) {
		if (spec.restrictions().isNone()) {
			return List.of();
		}
		try {
			if (spec.restrictions().umask().isPresent()) {
				requireShellVariables(spec);
			}
			return new RestrictedStart(spec.restrictions()).build();
		}
		catch (UnsupportedOperationException ex) {
			throw new UnsupportedOperationException(
					"%s cannot be restricted: %s".formatted(spec.program(), ex.getMessage()), ex);
		}
	}

	/**
	 * Refuse to lose a variable that the child was given: a shell passes on none whose
	 * name it cannot have.
	 */
	private static void requireShellVariables(SubprocessSpec spec) {
		Map<String, String> own = spec.environment();
		Set<String> names = (own != null) ? own.keySet() : spec.environmentChanges().keySet();
		if (!names.stream().allMatch((name) -> SHELL_NAME.matcher(name).matches())) {
			throw new UnsupportedOperationException(
					"the shell that sets its umask would not pass on one of its variables, whose name has other characters than letters, digits and _; rename that, or leave out the umask");
		}
	}

	/**
	 * Check whether children can be restricted like this here.
	 * @param restrictions the restrictions
	 * @throws UnsupportedOperationException if they cannot; the message says why
	 */
	public static void check(ChildRestrictions restrictions) {
		new RestrictedStart(restrictions).build();
	}

	private List<String> build() {
		this.restrictions.nice().ifPresent(this::addNice);
		if (!this.restrictions.limits().isEmpty()) {
			addLimits();
		}
		this.restrictions.umask().ifPresent((mask) -> add(RestrictingTool.SHELL, "-c", UMASK.formatted(mask), "sh"));
		if (this.restrictions.group().isPresent() || this.restrictions.noNewPrivileges()) {
			addPrivileges();
		}
		return this.command;
	}

	private void addNice(int increment) {
		if (increment < 0) {
			require(ProcessRights.RAISE_PRIORITY, "niceness %d".formatted(increment));
		}
		add(RestrictingTool.NICE, "-n", Integer.toString(increment), "--");
	}

	private void addLimits() {
		add(RestrictingTool.PRLIMIT);
		for (Resource resource : Resource.values()) {
			Long limit = this.restrictions.limits().get(resource);
			if (limit != null) {
				this.command.add("--%s=%d:%d".formatted(resource, limit, hard(resource, limit)));
			}
		}
		this.command.add("--");
	}

	/**
	 * Return the hard limit. That of processor time is a second more, for the kernel
	 * sends SIGKILL rather than SIGXCPU where both are reached at once.
	 */
	private static long hard(Resource resource, long limit) {
		OptionalLong ours = ProcessRights.hardLimit(nameOf(resource));
		if (ours.isPresent() && limit > ours.getAsLong()) {
			require(ProcessRights.RAISE_LIMITS,
					"limit %s=%d, above this process's own %d,".formatted(resource, limit, ours.getAsLong()));
		}
		if (resource != Resource.CPU) {
			return limit;
		}
		return (ours.isPresent() && limit <= ours.getAsLong()) ? Math.min(limit + 1, ours.getAsLong()) : limit + 1;
	}

	private static String nameOf(Resource resource) {
		return switch (resource) {
			case CPU -> "Max cpu time";
			case NOFILE -> "Max open files";
			case NPROC -> "Max processes";
			case AS -> "Max address space";
			case CORE -> "Max core file size";
			case FSIZE -> "Max file size";
		};
	}

	private void addPrivileges() {
		add(RestrictingTool.SETPRIV);
		this.restrictions.user().ifPresent((id) -> {
			require(ProcessRights.SET_USER, "user id %d".formatted(id));
			this.command.add("--reuid=" + id);
		});
		this.restrictions.group().ifPresent((id) -> {
			require(ProcessRights.SET_GROUP, "group id %d".formatted(id));
			this.command.add("--regid=" + id);
			this.command.add("--clear-groups");
		});
		if (this.restrictions.noNewPrivileges()) {
			this.command.add("--no-new-privs");
		}
		this.command.add("--");
	}

	private void add(RestrictingTool tool, String... arguments) {
		this.command.add(tool.path());
		this.command.addAll(List.of(arguments));
	}

	private static void require(ProcessRights right, String what) {
		if (!right.isHeld()) {
			throw new UnsupportedOperationException(
					"%s needs the capability %s, which this process does not have; run it with that, or leave it out"
						.formatted(what, right));
		}
	}

}
