package io.eventloop.posix;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * {@code java.lang.foreign}, which Java has from version 22 on, for code that is compiled
 * for 17: method handles reach it, which the just-in-time compiler sees through.
 *
 * @see <a href=
 * "https://docs.oracle.com/en/java/javase/22/docs/api/java.base/java/lang/foreign/package-summary.html">java.lang.foreign</a>
 */
final class ForeignApi {

	/**
	 * The first version of Java that has it.
	 */
	static final int SINCE = 22;

	private static final String PACKAGE = "java.lang.foreign.";

	private static final int PARAMETERS = 6;

	private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

	private final Class<?> segment = type("MemorySegment");

	private final Class<?> linkerType = type("Linker");

	private final Object linker;

	private final Object symbols;

	private final MethodHandle find;

	ForeignApi() throws Throwable {
		Class<?> symbolsType = type("SymbolLookup");
		this.linker = LOOKUP.findStatic(this.linkerType, "nativeLinker", MethodType.methodType(this.linkerType))
			.invoke();
		this.symbols = LOOKUP.findVirtual(this.linkerType, "defaultLookup", MethodType.methodType(symbolsType))
			.invoke(this.linker);
		this.find = LOOKUP.findVirtual(symbolsType, "find", MethodType.methodType(Optional.class, String.class))
			.asType(MethodType.methodType(Optional.class, Object.class, String.class));
	}

	/**
	 * Find a symbol of the C library.
	 * @return its segment, empty if it does not have it
	 */
	Optional<?> find(String symbol) {
		try {
			return (Optional<?>) this.find.invokeExact(this.symbols, symbol);
		}
		catch (Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException("Cannot look up " + symbol, ex);
		}
	}

	/**
	 * Return what calls a function of six numbers: it takes the function's segment, one
	 * to leave the error in, and the numbers, and returns a number. By method handles,
	 * not by reflection, which would read the annotations of what checks its caller.
	 * @throws IllegalCallerException if this JVM was started without native access
	 */
	MethodHandle call() throws Throwable {
		Class<?> layoutType = type("MemoryLayout");
		Class<?> optionType = type("Linker$Option");
		Class<?> descriptorType = type("FunctionDescriptor");
		Object number = LOOKUP.findStaticGetter(type("ValueLayout"), "JAVA_LONG", type("ValueLayout$OfLong")).invoke();
		Object numbers = Array.newInstance(layoutType, PARAMETERS);
		Arrays.fill((Object[]) numbers, number);
		Object descriptor = LOOKUP
			.findStatic(descriptorType, "of", MethodType.methodType(descriptorType, layoutType, numbers.getClass()))
			.asFixedArity()
			.invoke(number, numbers);
		Object options = Array.newInstance(optionType, 1);
		((Object[]) options)[0] = LOOKUP
			.findStatic(optionType, "captureCallState", MethodType.methodType(optionType, String[].class))
			.asFixedArity()
			.invoke(new String[] { "errno" });
		MethodHandle handle = (MethodHandle) LOOKUP
			.findVirtual(this.linkerType, "downcallHandle",
					MethodType.methodType(MethodHandle.class, descriptorType, options.getClass()))
			.asFixedArity()
			.invoke(this.linker, descriptor, options);
		return handle.asType(handle.type().changeParameterType(0, Object.class).changeParameterType(1, Object.class));
	}

	/**
	 * Return what makes a segment of a direct buffer, from its position to its limit.
	 */
	MethodHandle segment() throws ReflectiveOperationException {
		return LOOKUP.findStatic(this.segment, "ofBuffer", MethodType.methodType(this.segment, Buffer.class))
			.asType(MethodType.methodType(Object.class, Buffer.class));
	}

	/**
	 * Return what tells the address of a segment.
	 */
	MethodHandle address() throws ReflectiveOperationException {
		return LOOKUP.findVirtual(this.segment, "address", MethodType.methodType(long.class))
			.asType(MethodType.methodType(long.class, Object.class));
	}

	/**
	 * Return a buffer over memory at an address. It is asked for so seldom that what does
	 * it is looked up each time.
	 */
	ByteBuffer bufferAt(long address, int size) {
		try {
			Object start = LOOKUP.findStatic(this.segment, "ofAddress", MethodType.methodType(this.segment, long.class))
				.invoke(address);
			Object sized = LOOKUP
				.findVirtual(this.segment, "reinterpret", MethodType.methodType(this.segment, long.class))
				.invoke(start, (long) size);
			return (ByteBuffer) LOOKUP
				.findVirtual(this.segment, "asByteBuffer", MethodType.methodType(ByteBuffer.class))
				.invoke(sized);
		}
		catch (Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException("Cannot use the memory at 0x" + Long.toHexString(address), ex);
		}
	}

	private static Class<?> type(String name) throws ClassNotFoundException {
		return Class.forName(PACKAGE + name);
	}

}
