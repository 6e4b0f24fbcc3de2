package io.eventloop.autoconfigure;

import java.time.Duration;

import io.eventloop.SubprocessTransport;
import org.jspecify.annotations.Nullable;

/**
 * Description of a child.
 *
 * @param pid its process id
 * @param name its name: what its spec or its command is named, else its program
 * @param program its program's file name
 * @param state {@code running}; {@code detached} if it runs and lives on when the
 * application ends; {@code ending} if it was asked to end; {@code exited} if its loop has
 * yet to be told so
 * @param age how long ago it was started
 * @param context the context whose loop started it
 * @param tree its tree, or {@code null} if that is not shown, or {@code /proc} does not
 * show it
 * @since 0.1.0
 */
public record ChildDescriptor(long pid, String name, String program, String state, Duration age, String context,
		@Nullable TreeDescriptor tree) {

	static ChildDescriptor of(SubprocessTransport child, String context, @Nullable TreeDescriptor tree) {
		return new ChildDescriptor(child.pid(), child.name(), ProgramName.of(child), state(child), child.age(), context,
				tree);
	}

	private static String state(SubprocessTransport child) {
		if (child.returnCode().isPresent()) {
			return "exited";
		}
		if (child.isEnding()) {
			return "ending";
		}
		return child.isDetached() ? "detached" : "running";
	}

}
