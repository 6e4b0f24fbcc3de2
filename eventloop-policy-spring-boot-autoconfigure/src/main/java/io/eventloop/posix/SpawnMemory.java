package io.eventloop.posix;

import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The memory of one spawn: attributes, file actions, and the texts. Kept for the next
 * spawn, for good, with what is the same for all children that inherit streams and
 * directory; for one thread at a time.
 */
final class SpawnMemory {

	private static final byte[] NOTHING = {};

	private static final long[] NONE = {};

	private final DescriptorGuard guard;

	private final NativeBlock pid = new NativeBlock(Integer.BYTES);

	private final SpawnAttributes attributes;

	private final FileActions inheriting = new FileActions();

	private final FileActions changing = new FileActions();

	private final TextArena texts = new TextArena();

	private long path;

	private long directory;

	private long arguments;

	private long environment;

	/**
	 * Prepare what is kept.
	 * @throws PosixException if there is no memory
	 */
	SpawnMemory(DescriptorGuard guard) throws PosixException {
		this.guard = guard;
		this.attributes = new SpawnAttributes();
		int error = this.inheriting.init();
		if (error == 0) {
			error = this.inheriting.add(guard);
		}
		if (error != 0) {
			throw new PosixException("Cannot prepare to start children", error);
		}
	}

	/**
	 * Copy in what the request says.
	 */
	void load(SpawnRequest request, byte[] program) {
		Path folder = request.directory();
		byte[] folderName = (folder != null) ? FileNames.encode(folder) : NOTHING;
		List<byte[]> words = new ArrayList<>(request.wrapper().size() + 1 + request.arguments().size());
		request.wrapper().forEach((word) -> words.add(TextArena.encode(word)));
		words.add(TextArena.encode(request.program()));
		request.arguments().forEach((argument) -> words.add(TextArena.encode(argument)));
		long[] inherited = inherited(request);
		List<byte[]> settings = settings(request);
		this.texts.clear(program.length + folderName.length + 2L + TextArena.sizeOfArray(words)
				+ TextArena.sizeOfArray(settings) + (long) inherited.length * Long.BYTES);
		this.path = this.texts.put(program);
		this.directory = (folder != null) ? this.texts.put(folderName) : 0;
		this.arguments = this.texts.putArray(words);
		this.environment = inheritsAll(request) ? InheritedEnvironment.address()
				: this.texts.putArray(inherited, settings);
	}

	private static boolean inheritsAll(SpawnRequest request) {
		return request.environment() == null && request.changes().isEmpty();
	}

	/**
	 * The variables that the child gets as they are.
	 */
	private static long[] inherited(SpawnRequest request) {
		return (request.environment() != null || inheritsAll(request)) ? NONE
				: InheritedEnvironment.without(request.changes());
	}

	private static List<byte[]> settings(SpawnRequest request) {
		if (inheritsAll(request)) {
			return List.of();
		}
		List<byte[]> settings = new ArrayList<>();
		Map<String, ? extends @Nullable String> variables = (request.environment() != null) ? request.environment()
				: request.changes();
		variables.forEach((name, value) -> {
			if (value != null) {
				settings.add(TextArena.encode(name + '=' + value));
			}
		});
		return settings;
	}

	/**
	 * Spawn what was loaded: 0, or an error number.
	 */
	int spawn(SpawnRequest request) {
		int error = this.attributes.set(request);
		if (error != 0) {
			return error;
		}
		if (this.directory == 0 && StandardStreams.areInherited(request)) {
			return spawn(this.inheriting);
		}
		error = this.changing.init();
		if (error != 0) {
			return error;
		}
		try {
			error = this.changing.add(request, this.directory, this.guard);
			return (error != 0) ? error : spawn(this.changing);
		}
		finally {
			this.changing.destroy();
		}
	}

	private int spawn(FileActions actions) {
		try {
			return LibC.C.posix_spawn(this.pid.address(), this.path, actions.address(), this.attributes.address(),
					this.arguments, this.environment);
		}
		finally {
			Reference.reachabilityFence(this);
		}
	}

	/**
	 * Give up what is kept.
	 */
	void close() {
		this.inheriting.destroy();
	}

	int pid() {
		return this.pid.getInt(0);
	}

}
