package io.eventloop.samples.custompolicy;

import java.util.concurrent.atomic.AtomicInteger;

import io.eventloop.EventLoop;
import io.eventloop.policy.ContextStrategy;
import io.eventloop.policy.DefaultEventLoopPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A policy that returns the same loop in all threads, and logs which thread asks for it.
 * Everything else is inherited from the default policy.
 */
class MyEventLoopPolicy extends DefaultEventLoopPolicy {

	private static final Logger logger = LoggerFactory.getLogger(MyEventLoopPolicy.class);

	private final AtomicInteger asked = new AtomicInteger();

	MyEventLoopPolicy() {
		super(ContextStrategy.perProcess());
	}

	@Override
	public EventLoop getEventLoop() {
		EventLoop loop = super.getEventLoop();
		this.asked.incrementAndGet();
		logger.info("Thread '{}' asked the policy for its loop and got {}", Thread.currentThread().getName(), loop);
		return loop;
	}

	int timesAsked() {
		return this.asked.get();
	}

}
