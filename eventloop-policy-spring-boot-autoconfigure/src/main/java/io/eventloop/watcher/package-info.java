/**
 * The child watchers, which notice that child processes exit.
 * <p>
 * All of them keep the contract of {@link io.eventloop.ChildWatcher}; they differ in what
 * an exit costs and in what they need.
 * <table class="striped">
 * <caption>The watchers</caption> <thead>
 * <tr>
 * <th>watcher</th>
 * <th>how</th>
 * <th>an exit with n children alive</th>
 * <th>threads</th>
 * <th>needs</th>
 * </tr>
 * </thead> <tbody>
 * <tr>
 * <td>{@link io.eventloop.watcher.ThreadedChildWatcher threaded}, the default</td>
 * <td>a blocking wait per child</td>
 * <td>O(1)</td>
 * <td>one per child, some 20 KiB each</td>
 * <td>nothing</td>
 * </tr>
 * <tr>
 * <td>{@link io.eventloop.watcher.PidfdChildWatcher pidfd}</td>
 * <td>the child's pidfd in the loop's selector</td>
 * <td>O(1)</td>
 * <td>none</td>
 * <td>Linux 5.3, a descriptor per child</td>
 * </tr>
 * <tr>
 * <td>{@link io.eventloop.watcher.IoUringChildWatcher io-uring}</td>
 * <td>the kernel waits in an io_uring, whose descriptor is in the loop's selector</td>
 * <td>O(n) in the kernel, some 10 ns for each child</td>
 * <td>none</td>
 * <td>Linux 6.7, and that io_uring is allowed</td>
 * </tr>
 * <tr>
 * <td>{@link io.eventloop.watcher.MultiLoopChildWatcher multi-loop}</td>
 * <td>SIGCHLD, posts to each child's loop</td>
 * <td>O(1); O(n) while a foreign child is a zombie</td>
 * <td>a short-lived one per signal, created by the JVM</td>
 * <td>the signal</td>
 * </tr>
 * <tr>
 * <td>{@link io.eventloop.watcher.SafeChildWatcher safe}</td>
 * <td>SIGCHLD on the main context's running loop</td>
 * <td>O(1); O(n) while a foreign child is a zombie</td>
 * <td>a short-lived one per signal, created by the JVM</td>
 * <td>the signal, a running main loop</td>
 * </tr>
 * <tr>
 * <td>{@link io.eventloop.watcher.FastChildWatcher fast}</td>
 * <td>SIGCHLD on the main context's running loop, reaps every child</td>
 * <td>O(1)</td>
 * <td>a short-lived one per signal, created by the JVM</td>
 * <td>the signal, a running main loop, and that no other code starts processes: it takes
 * their exit statuses</td>
 * </tr>
 * <tr>
 * <td>{@link io.eventloop.watcher.WatcherChoice#auto() auto}</td>
 * <td>{@code io-uring} if it works and Linux is 6.18 or later, otherwise {@code pidfd} if
 * a pidfd can be opened, otherwise {@code threaded}</td>
 * <td>accordingly</td>
 * <td>accordingly</td>
 * <td>nothing</td>
 * </tr>
 * </tbody>
 * </table>
 * <p>
 * This package is API.
 *
 * @see <a href=
 * "https://docs.python.org/3.12/library/asyncio-policy.html#process-watchers">asyncio,
 * Process Watchers</a>
 */
@NullMarked
package io.eventloop.watcher;

import org.jspecify.annotations.NullMarked;
