package io.eventloop.autoconfigure;

import io.eventloop.ChildContainment;
import io.eventloop.EventLoopPolicy;
import io.netty.channel.ManualIoEventLoop;
import reactor.netty.http.server.HttpServer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;

/**
 * {@link EnableAutoConfiguration Auto-configuration} that makes the event loops of a
 * Reactor Netty server contexts of {@code eventloop.policy=netty}: each connection brings
 * its loop along, before the first request. Their guests are detached before Reactor
 * Netty ends its loops.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = EventLoopAutoConfiguration.class)
@ConditionalOnClass({ ManualIoEventLoop.class, HttpServer.class, NettyServerCustomizer.class })
@ConditionalOnBooleanProperty(name = "eventloop.enabled", matchIfMissing = true)
@ConditionalOnProperty(name = "eventloop.netty.share", matchIfMissing = true)
@Conditional(OnNettyPolicyCondition.class)
@ConditionalOnSingleCandidate(EventLoopPolicy.class)
public final class NettyLoopsAutoConfiguration {

	@Bean
	NettyGuests eventLoopNettyGuests(EventLoopPolicy policy, EventLoopService service, EventLoopProperties properties,
			Environment environment, ObjectProvider<ChildContainment> containment,
			ObjectProvider<EventLoopCustomizer> customizers) {
		boolean virtualThreads = Threading.VIRTUAL.isActive(environment);
		NettyGuests guests = new NettyGuests(policy, service);
		guests.customize((guest) -> MainEventLoop.prepare(guest, properties, virtualThreads, containment.getIfUnique(),
				customizers));
		return guests;
	}

	@Bean
	NettyServerCustomizer eventLoopNettyServerCustomizer(NettyGuests guests) {
		return (server) -> server.doOnConnection((connection) -> guests.share(connection.channel().eventLoop()));
	}

}
