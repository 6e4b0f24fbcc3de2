package io.eventloop.selector;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

import io.eventloop.posix.Descriptors;

/**
 * A selector of raw descriptors.
 */
final class DescriptorCandidate extends SelectorCandidate<Integer> {

	private final DescriptorSelector selector;

	private final Set<Integer> closed = new HashSet<>();

	DescriptorCandidate(DescriptorSelector selector) throws IOException {
		super(pipe());
		this.selector = selector;
	}

	private static Ends<Integer> pipe() throws IOException {
		Descriptors.Pipe pipe = Descriptors.pipe();
		return new Ends<>(pipe.readEnd(), pipe.writeEnd());
	}

	@Override
	DescriptorSelector selector() {
		return this.selector;
	}

	@Override
	void register(Integer end, int interest) {
		this.selector.register(end, interest);
	}

	@Override
	void modify(Integer end, int interest) {
		this.selector.modify(end, interest);
	}

	@Override
	void unregister(Integer end) {
		this.selector.unregister(end);
	}

	@Override
	Integer ready(int index) {
		return this.selector.fd(index);
	}

	@Override
	void write() throws IOException {
		Descriptors.write(this.writeEnd, ByteBuffer.allocateDirect(1));
	}

	@Override
	void read() throws IOException {
		Descriptors.read(this.readEnd, ByteBuffer.allocateDirect(1));
	}

	@Override
	void close(Integer end) {
		if (this.closed.add(end)) {
			Descriptors.close(end);
		}
	}

}
