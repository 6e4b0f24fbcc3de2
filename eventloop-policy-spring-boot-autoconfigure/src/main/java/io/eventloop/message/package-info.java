/**
 * Messages over the standard streams of a child: an
 * {@link io.eventloop.message.MessageChannel} sends and receives whole messages, one a
 * line or each behind a {@code Content-Length} header, with back-pressure both ways, and
 * ends with the reason. It carries messages and does not parse them.
 * <p>
 * This package is API.
 */
@NullMarked
package io.eventloop.message;

import org.jspecify.annotations.NullMarked;
