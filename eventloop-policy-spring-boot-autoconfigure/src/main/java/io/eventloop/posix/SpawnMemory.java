package io.eventloop.posix;

import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The memory of one spawn: attributes, file actions, and the texts. Kept for the next
 * spawn, for good, with what is the same for all children that inherit streams and
 * directory; for one thread at a time.
 */
final class SpawnMemory {

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
			return LibC.C6.posix_spawn(this.pid.address(), this.path, actions.address(), this.attributes.address(),
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
