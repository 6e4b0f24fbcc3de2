/**
 * Event loops that are Netty's: a {@link io.eventloop.netty.NettyEventLoop} waits with
 * one of Netty's I/O handlers (NIO or epoll), either by itself, or as the guest of a loop
 * that runs already, such as the ones that serve requests. Children are watched by the
 * same handler. Needs {@code netty-transport}, and for epoll its
 * {@code netty-transport-classes} and {@code -native} jars, which are optional.
 * <p>
 * This package is API.
 */
@NullMarked
package io.eventloop.netty;

import org.jspecify.annotations.NullMarked;
