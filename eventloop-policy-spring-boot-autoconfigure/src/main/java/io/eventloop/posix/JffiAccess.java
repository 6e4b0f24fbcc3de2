package io.eventloop.posix;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.Arrays;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.CallingConvention;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.LastError;
import com.kenai.jffi.Library;
import com.kenai.jffi.MemoryIO;
import com.kenai.jffi.Type;

/**
 * Native code through jffi, whose library is unpacked into the temporary folder. On
 * x86-64 it calls a function of six long numbers itself, elsewhere with libffi.
 */
final class JffiAccess implements NativeAccess {

	static {
		JffiCleaner.replace();
	}

	private final Invoker invoker = JffiLibrary.load();

	private final CallContext context = sixNumbers();

	private final Library library = Library.getDefault();

	private final LastError lastError = LastError.getInstance();

	private final MemoryIO memory = MemoryIO.getInstance();

	@Override
	public NativeFunction function(String name) {
		return new JffiFunction(name, this);
	}

	@Override
	public long variable(String name) {
		long address = this.library.getSymbolAddress(name);
		if (address == 0) {
			throw new UnsatisfiedLinkError("This C library has no " + name);
		}
		return address;
	}

	@Override
	public int errno() {
		return this.lastError.get();
	}

	@Override
	public long addressOf(Buffer buffer) {
		return this.memory.getDirectBufferAddress(buffer);
	}

	@Override
	public ByteBuffer bufferAt(long address, int size) {
		return this.memory.newDirectByteBuffer(address, size);
	}

	@Override
	public String description() {
		return "jffi";
	}

	private static CallContext sixNumbers() {
		Type[] parameters = new Type[6];
		Arrays.fill(parameters, Type.SINT64);
		return new CallContext(Type.SINT64, parameters, CallingConvention.DEFAULT, true);
	}

	private static final class JffiFunction extends NativeFunction {

		private final JffiAccess access;

		private long address;

		private JffiFunction(String name, JffiAccess access) {
			super(name);
			this.access = access;
		}

		@Override
		long call(long first, long second, long third, long fourth, long fifth, long sixth) {
			long found = this.address;
			if (found == 0) {
				found = this.access.variable(name());
				this.address = found;
			}
			return this.access.invoker.invokeL6(this.access.context, found, first, second, third, fourth, fifth, sixth);
		}

	}

}
