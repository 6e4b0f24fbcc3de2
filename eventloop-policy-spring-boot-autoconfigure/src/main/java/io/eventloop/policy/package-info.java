/**
 * The policies: which event loop belongs to which context, and which child watcher the
 * loops share.
 * <p>
 * {@link io.eventloop.policy.DefaultEventLoopPolicy} is made to be subclassed, method by
 * method, as asyncio's is. What a <em>context</em> is (a thread, a thread and those it
 * starts, the whole process, a tenant) is a {@link io.eventloop.policy.ContextStrategy}
 * of its own, so that changing it needs no subclass.
 *
 * @see <a href=
 * "https://docs.python.org/3.12/library/asyncio-policy.html#policy-objects">asyncio,
 * Policy Objects</a>
 */
@NullMarked
package io.eventloop.policy;

import org.jspecify.annotations.NullMarked;
