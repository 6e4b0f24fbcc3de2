/**
 * The policies: which event loop belongs to which context, and which child watcher the
 * loops share.
 * <p>
 * {@link io.eventloop.policy.DefaultEventLoopPolicy} is designed to be subclassed, method
 * by method, like asyncio's. A {@link io.eventloop.policy.ContextStrategy} defines what a
 * <em>context</em> is (a thread, a thread and those that it starts, the whole process, a
 * tenant), so that changing this needs no subclass.
 * <p>
 * This package is API.
 *
 * @see <a href=
 * "https://docs.python.org/3.12/library/asyncio-policy.html#policy-objects">asyncio,
 * Policy Objects</a>
 */
@NullMarked
package io.eventloop.policy;

import org.jspecify.annotations.NullMarked;
