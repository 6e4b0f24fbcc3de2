package io.eventloop.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * Configuration properties for what a command or a service may not do, or use up.
 *
 * @since 0.1.0
 */
public abstract class RestrictionProperties {

	private final Rlimits rlimits = new Rlimits();

	/**
	 * Id of the user it runs as. Requires a group.
	 */
	private @Nullable Long user;

	/**
	 * Id of the group it runs in, without any supplementary group.
	 */
	private @Nullable Long group;

	/**
	 * Permissions that its new files do not get, in octal and in quotes, such as '027'.
	 */
	private @Nullable String umask;

	/**
	 * What is added to the niceness of this process. 19 gives way to all others.
	 */
	private @Nullable Integer nice;

	/**
	 * Whether set-user-id programs give it no privileges.
	 */
	private boolean noNewPrivileges;

	public Rlimits getRlimits() {
		return this.rlimits;
	}

	public @Nullable Long getUser() {
		return this.user;
	}

	public void setUser(@Nullable Long user) {
		this.user = user;
	}

	public @Nullable Long getGroup() {
		return this.group;
	}

	public void setGroup(@Nullable Long group) {
		this.group = group;
	}

	public @Nullable String getUmask() {
		return this.umask;
	}

	public void setUmask(@Nullable String umask) {
		this.umask = umask;
	}

	public @Nullable Integer getNice() {
		return this.nice;
	}

	public void setNice(@Nullable Integer nice) {
		this.nice = nice;
	}

	public boolean isNoNewPrivileges() {
		return this.noNewPrivileges;
	}

	public void setNoNewPrivileges(boolean noNewPrivileges) {
		this.noNewPrivileges = noNewPrivileges;
	}

	/**
	 * Limits of resources, as in setrlimit(2).
	 */
	public static class Rlimits {

		/**
		 * Processor time, in whole seconds. Beyond it the program gets SIGXCPU.
		 */
		private @Nullable Duration cpu;

		/**
		 * Number of open descriptors.
		 */
		private @Nullable Long nofile;

		/**
		 * Number of processes and threads of the program's user.
		 */
		private @Nullable Long nproc;

		/**
		 * Address space.
		 */
		private @Nullable DataSize as;

		/**
		 * Size of a core dump.
		 */
		private @Nullable DataSize core;

		/**
		 * Size of a file that is written. Beyond it the program gets SIGXFSZ.
		 */
		private @Nullable DataSize fsize;

		public @Nullable Duration getCpu() {
			return this.cpu;
		}

		public void setCpu(@Nullable Duration cpu) {
			this.cpu = cpu;
		}

		public @Nullable Long getNofile() {
			return this.nofile;
		}

		public void setNofile(@Nullable Long nofile) {
			this.nofile = nofile;
		}

		public @Nullable Long getNproc() {
			return this.nproc;
		}

		public void setNproc(@Nullable Long nproc) {
			this.nproc = nproc;
		}

		public @Nullable DataSize getAs() {
			return this.as;
		}

		public void setAs(@Nullable DataSize as) {
			this.as = as;
		}

		public @Nullable DataSize getCore() {
			return this.core;
		}

		public void setCore(@Nullable DataSize core) {
			this.core = core;
		}

		public @Nullable DataSize getFsize() {
			return this.fsize;
		}

		public void setFsize(@Nullable DataSize fsize) {
			this.fsize = fsize;
		}

	}

}
