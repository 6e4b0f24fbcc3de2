/**
 * The operating system, as far as event loops and child processes need it: spawning,
 * waiting, pidfds, io_uring, epoll, pipes and signals of 64-bit Linux with glibc, called
 * through Java's foreign function API from Java 22 on, and through jffi before.
 * <p>
 * This package is internal.
 *
 * <p>
 * Everything native stays in here. What leaves this package is a descriptor number, a
 * pid, a record of {@code io.eventloop} or an exception with a sentence in it; never a
 * pointer, an errno or the number of a system call. Nothing here knows loops, policies or
 * watchers.
 *
 * <p>
 * {@link io.eventloop.posix.PosixPlatform#require()} comes first: it says in a sentence
 * what the machine lacks, where the other classes would fail with a linkage error.
 * {@link io.eventloop.posix.ChildProcess} is the one owner of a pid: a signal and the
 * reaping of a child exclude each other there, so that no signal ever reaches a process
 * that got a recycled pid.
 */
@NullMarked
package io.eventloop.posix;

import org.jspecify.annotations.NullMarked;
