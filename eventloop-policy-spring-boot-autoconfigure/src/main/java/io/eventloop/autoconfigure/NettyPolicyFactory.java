package io.eventloop.autoconfigure;

import io.eventloop.UnsupportedPlatformException;
import io.eventloop.netty.NettyEventLoopPolicy;
import io.eventloop.netty.NettyTransport;
import io.eventloop.policy.ContextStrategy;
import io.eventloop.policy.DefaultEventLoopPolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Creates the policy whose loops are Netty's, if Netty is there.
 */
final class NettyPolicyFactory {

	/** Of Netty 4.2, where a loop's handler can be driven by another. */
	private static final String NETTY = "io.netty.channel.ManualIoEventLoop";

	private static final String RESOURCES = "org.springframework.http.client.ReactorResourceFactory";

	private NettyPolicyFactory() {
	}

	static DefaultEventLoopPolicy create(NettyProperties properties, ContextStrategy contexts,
			ConfigurableListableBeanFactory beans) {
		ClassLoader loader = beans.getBeanClassLoader();
		if (!ClassUtils.isPresent(NETTY, loader)) {
			throw new UnsupportedPlatformException(
					"Policy 'netty' does not work here: Netty 4.2 is not on the class path",
					"add the dependency io.netty:netty-transport (spring-boot-starter-webflux has it), or choose another eventloop.policy");
		}
		boolean share = switch (properties.getShare()) {
			case AUTO -> hasResources(loader, beans);
			case TRUE -> true;
			case FALSE -> false;
		};
		return Creation.create(properties, share, contexts);
	}

	private static boolean hasResources(@Nullable ClassLoader loader, ConfigurableListableBeanFactory beans) {
		return ClassUtils.isPresent(RESOURCES, loader)
				&& ClassUtils.isPresent("reactor.netty.http.HttpResources", loader)
				&& beans.getBeanNamesForType(ClassUtils.resolveClassName(RESOURCES, loader), true, false).length > 0;
	}

	/**
	 * What needs Netty to be loaded.
	 */
	private static final class Creation {

		static DefaultEventLoopPolicy create(NettyProperties properties, boolean share, ContextStrategy contexts) {
			NettyTransport transport = switch (properties.getTransport()) {
				case AUTO -> NettyTransport.auto();
				case NIO -> NettyTransport.NIO;
				case EPOLL -> NettyTransport.EPOLL;
			};
			return new NettyEventLoopPolicy(transport, share, contexts);
		}

	}

}
