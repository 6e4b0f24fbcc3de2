package io.eventloop.oracle;

/**
 * A protocol that has more to write when the other side has not.
 */
class Answering extends Teller {

	Answering(NetworkContext net, String name) {
		super(net, name);
	}

	@Override
	public boolean eofReceived() {
		super.eofReceived();
		return true;
	}

}
