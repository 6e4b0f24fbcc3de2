package io.eventloop.client.test;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.eventloop.ChildTree;
import io.eventloop.Signal;
import io.eventloop.SubprocessSpec;
import io.eventloop.TreeRoot;

/**
 * A scripted child, to which nothing else belongs.
 *
 * @param child the child
 * @param spec what it was asked to be
 */
record ScriptedTree(ScriptedChild child, SubprocessSpec spec) implements ChildTree {

	@Override
	public void started(TreeRoot root) {
	}

	@Override
	public void signal(Signal signal) {
		this.child.sendSignal(signal);
	}

	@Override
	public void kill() {
		this.child.sendSignal(Signal.SIGKILL);
	}

	@Override
	public CompletionStage<Void> killed() {
		return CompletableFuture.completedFuture(null);
	}

}
