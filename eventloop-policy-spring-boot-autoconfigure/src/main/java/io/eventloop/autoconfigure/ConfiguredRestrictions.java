package io.eventloop.autoconfigure;

import java.util.function.BiFunction;
import java.util.regex.Pattern;

import io.eventloop.ChildRestrictions;
import io.eventloop.autoconfigure.RestrictionProperties.Rlimits;
import io.eventloop.autoconfigure.SubprocessClientProperties.Command;
import io.eventloop.subprocess.RestrictedStart;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/**
 * The restrictions of a named command or a service, as configured by its properties.
 */
final class ConfiguredRestrictions {

	private static final Logger logger = LoggerFactory.getLogger(ConfiguredRestrictions.class);

	private static final Pattern UMASK = Pattern.compile("0[0-7]{0,3}");

	private static final int OCTAL = 8;

	private final String prefix;

	private ChildRestrictions restrictions = ChildRestrictions.NONE;

	private ConfiguredRestrictions(String prefix) {
		this.prefix = prefix;
	}

	/**
	 * Return the restrictions of a named command, after a check that this process can
	 * impose them.
	 * @param name the command's name
	 * @param command its properties
	 * @param prefix what their names begin with
	 * @throws InvalidConfigurationPropertyValueException if a value makes no sense, or
	 * the command is required and cannot be restricted
	 */
	static ChildRestrictions of(String name, Command command, String prefix) {
		return of("Command '%s' cannot be restricted, and runs of it fail".formatted(name), command, prefix,
				command.isRequired(), "required");
	}

	/**
	 * Return the restrictions of a service, after the same check.
	 * @param name the service's name
	 * @param service its properties
	 * @param prefix what their names begin with
	 * @throws InvalidConfigurationPropertyValueException if a value makes no sense, or
	 * the service is waited for and cannot be restricted
	 */
	static ChildRestrictions of(String name, SupervisedProcessProperties service, String prefix) {
		return of("Service '%s' cannot be restricted, and its starts fail".formatted(name), service, prefix,
				service.isWait(), "wait");
	}

	private static ChildRestrictions of(String warning, ProgramProperties program, String prefix, boolean required,
			String requiredBy) {
		ChildRestrictions restrictions = new ConfiguredRestrictions(prefix).read(program);
		try {
			RestrictedStart.check(restrictions);
		}
		catch (UnsupportedOperationException ex) {
			if (required) {
				throw new InvalidConfigurationPropertyValueException(prefix + "exec", program.getExec().get(0),
						"It cannot be restricted: %s. Or set %s%s=false.".formatted(ex.getMessage(), prefix,
								requiredBy));
			}
			logger.warn("{}: {}", warning, ex.getMessage());
		}
		return restrictions;
	}

	private ChildRestrictions read(RestrictionProperties properties) {
		Long user = properties.getUser();
		Long group = properties.getGroup();
		if (user != null && group == null) {
			throw new InvalidConfigurationPropertyValueException(this.prefix + "user", user,
					"Without a group it would keep those of this process. Set %sgroup, too.".formatted(this.prefix));
		}
		add("group", group, ChildRestrictions::withGroup);
		if (user != null && group != null) {
			add("user", user, (known, id) -> known.withUser(id, group));
		}
		add("umask", properties.getUmask(), ConfiguredRestrictions::withUmask);
		add("nice", properties.getNice(), ChildRestrictions::withNice);
		if (properties.isNoNewPrivileges()) {
			this.restrictions = this.restrictions.withoutNewPrivileges();
		}
		Rlimits rlimits = properties.getRlimits();
		add("rlimits.cpu", rlimits.getCpu(), ChildRestrictions::withCpu);
		add("rlimits.nofile", rlimits.getNofile(), ChildRestrictions::withNofile);
		add("rlimits.nproc", rlimits.getNproc(), ChildRestrictions::withNproc);
		add("rlimits.as", rlimits.getAs(), bytes(ChildRestrictions::withAs));
		add("rlimits.core", rlimits.getCore(), bytes(ChildRestrictions::withCore));
		add("rlimits.fsize", rlimits.getFsize(), bytes(ChildRestrictions::withFsize));
		return this.restrictions;
	}

	private <T> void add(String property, @Nullable T value, BiFunction<ChildRestrictions, T, ChildRestrictions> with) {
		if (value == null) {
			return;
		}
		try {
			this.restrictions = with.apply(this.restrictions, value);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException(this.prefix + property, value, ex.getMessage() + ".");
		}
	}

	private static BiFunction<ChildRestrictions, DataSize, ChildRestrictions> bytes(
			BiFunction<ChildRestrictions, Long, ChildRestrictions> with) {
		return (known, size) -> with.apply(known, size.toBytes());
	}

	/**
	 * Read an octal number, which YAML reads too, and makes a decimal one, where it is
	 * not in quotes: its first digit tells.
	 */
	private static ChildRestrictions withUmask(ChildRestrictions known, String text) {
		if (!UMASK.matcher(text).matches()) {
			throw new IllegalArgumentException(
					"It is no octal number that begins with 0; in YAML put it in quotes, such as '027'");
		}
		return known.withUmask(Integer.parseInt(text, OCTAL));
	}

}
