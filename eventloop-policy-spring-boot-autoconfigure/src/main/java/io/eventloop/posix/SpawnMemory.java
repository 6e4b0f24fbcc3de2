package io.eventloop.posix;

import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The memory of one spawn: attributes, file actions, and the texts. Kept for the next
 * spawn; for one thread at a time.
 */
final class SpawnMemory {

	private static final int PID = 0;

	private static final int ATTRIBUTES = 64;

	private static final int ACTIONS = 512;

	private static final int ALL_SIGNALS = 640;

	private static final int NO_SIGNALS = 768;

	private static final int SIGNAL_SET_SIZE = 128;

	private static final int SIZE = NO_SIGNALS + SIGNAL_SET_SIZE;

	private final NativeBlock fixed = new NativeBlock(SIZE);

	private final TextArena texts = new TextArena();

	private long path;

	private long directory;

	private long arguments;

	private long environment;

	SpawnMemory() {
		for (int i = 0; i < SIGNAL_SET_SIZE; i += Long.BYTES) {
			this.fixed.putLong(ALL_SIGNALS + i, -1);
		}
	}

	/**
	 * Copy in what the request says.
	 */
	void load(SpawnRequest request, String program) {
		byte[] pathText = TextArena.encode(program);
		Path folder = request.directory();
		byte[] folderText = TextArena.encode((folder != null) ? folder.toString() : "");
		List<byte[]> words = new ArrayList<>(1 + request.arguments().size());
		words.add(TextArena.encode(request.program()));
		request.arguments().forEach((argument) -> words.add(TextArena.encode(argument)));
		List<byte[]> settings = new ArrayList<>();
		Map<String, String> variables = request.environment();
		if (variables != null) {
			variables.forEach((name, value) -> settings.add(TextArena.encode(name + '=' + value)));
		}
		this.texts.clear(pathText.length + folderText.length + 2L + TextArena.sizeOfArray(words)
				+ TextArena.sizeOfArray(settings));
		this.path = this.texts.put(pathText);
		this.directory = (folder != null) ? this.texts.put(folderText) : 0;
		this.arguments = this.texts.putArray(words);
		this.environment = (variables != null) ? this.texts.putArray(settings) : LibC.C.environ().get();
	}

	/**
	 * Spawn what was loaded: 0, or an error number.
	 */
	int spawn(SpawnRequest request, DescriptorGuard guard) {
		long attributes = this.fixed.address(ATTRIBUTES);
		long actions = this.fixed.address(ACTIONS);
		LibC.C.posix_spawnattr_init(attributes);
		LibC.C.posix_spawn_file_actions_init(actions);
		try {
			int error = prepare(request, guard, attributes, actions);
			return (error != 0) ? error : LibC.C6.posix_spawn(this.fixed.address(PID), this.path, actions, attributes,
					this.arguments, this.environment);
		}
		finally {
			LibC.C.posix_spawn_file_actions_destroy(actions);
			LibC.C.posix_spawnattr_destroy(attributes);
			Reference.reachabilityFence(this);
		}
	}

	int pid() {
		return this.fixed.getInt(PID);
	}

	private int prepare(SpawnRequest request, DescriptorGuard guard, long attributes, long actions) {
		int error = SpawnAttributes.set(attributes, request, this.fixed.address(ALL_SIGNALS),
				this.fixed.address(NO_SIGNALS));
		if (error == 0) {
			error = StandardStreams.addTo(actions, request);
		}
		if (error == 0 && this.directory != 0) {
			error = LibC.C.posix_spawn_file_actions_addchdir_np(actions, this.directory);
		}
		return (error != 0) ? error : guard.addTo(actions);
	}

}
