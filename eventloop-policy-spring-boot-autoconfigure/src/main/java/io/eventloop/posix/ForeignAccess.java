package io.eventloop.posix;

import java.lang.invoke.MethodHandle;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

import io.eventloop.memory.PerThread;
import org.jspecify.annotations.Nullable;

/**
 * Native code through Java's own foreign function and memory API, which unpacks no
 * library and generates code for one manner of calling alone.
 */
final class ForeignAccess implements NativeAccess {

	private static final ForeignApi API;

	private static final MethodHandle CALL;

	private static final MethodHandle SEGMENT;

	private static final MethodHandle ADDRESS;

	private static final PerThread<CallState> STATE = new PerThread<>(CallState::new);

	static {
		try {
			API = new ForeignApi();
			CALL = API.call();
			SEGMENT = API.segment();
			ADDRESS = API.address();
		}
		catch (Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	@Override
	public NativeFunction function(String name) {
		return new ForeignFunction(name);
	}

	@Override
	public long variable(String name) {
		Optional<?> found = API.find(name);
		if (found.isEmpty()) {
			throw new UnsatisfiedLinkError("This C library has no " + name);
		}
		return address(found.get());
	}

	@Override
	public int errno() {
		return STATE.get().errno();
	}

	@Override
	public long addressOf(Buffer buffer) {
		return address(segment(buffer)) - buffer.position();
	}

	@Override
	public ByteBuffer bufferAt(long address, int size) {
		return API.bufferAt(address, size);
	}

	@Override
	public String description() {
		return "java.lang.foreign";
	}

	private static Object segment(Buffer buffer) {
		try {
			return (Object) SEGMENT.invokeExact(buffer);
		}
		catch (Throwable ex) {
			throw unexpected(ex);
		}
	}

	private static long address(Object segment) {
		try {
			return (long) ADDRESS.invokeExact(segment);
		}
		catch (Throwable ex) {
			throw unexpected(ex);
		}
	}

	private static RuntimeException unexpected(Throwable ex) {
		if (ex instanceof Error error) {
			throw error;
		}
		return (ex instanceof RuntimeException runtime) ? runtime : new IllegalStateException(ex);
	}

	/**
	 * Where a thread's calls leave their errors.
	 */
	private static final class CallState {

		private final ByteBuffer memory = ByteBuffer.allocateDirect(Long.BYTES).order(ByteOrder.nativeOrder());

		private final Object segment = segment(this.memory);

		private int errno() {
			return this.memory.getInt(0);
		}

	}

	private static final class ForeignFunction extends NativeFunction {

		private @Nullable Object function;

		private ForeignFunction(String name) {
			super(name);
		}

		private Object bind() {
			Optional<?> found = API.find(name());
			if (found.isEmpty()) {
				throw missing();
			}
			this.function = found.get();
			return found.get();
		}

		@Override
		long call(long first, long second, long third, long fourth, long fifth, long sixth) {
			Object found = this.function;
			if (found == null) {
				found = bind();
			}
			try {
				return (long) CALL.invokeExact(found, STATE.get().segment, first, second, third, fourth, fifth, sixth);
			}
			catch (Throwable ex) {
				throw unexpected(ex);
			}
		}

	}

}
