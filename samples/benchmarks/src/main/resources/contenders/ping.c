/*
 * From a thread to a loop over epoll and back, one at a time: what waking up costs.
 * ping warmup=MS ms=MS
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#define MAX_COUNT 1000000

static int event;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int answered;

static long now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000000L + time.tv_nsec;
}

/* As a JVM parks and unparks a thread: a mutex and a condition. */

static void answer(void)
{
	pthread_mutex_lock(&lock);
	answered = 1;
	pthread_mutex_unlock(&lock);
	pthread_cond_signal(&changed);
}

static void await_answer(void)
{
	pthread_mutex_lock(&lock);
	while (!answered)
		pthread_cond_wait(&changed, &lock);
	answered = 0;
	pthread_mutex_unlock(&lock);
}

static void *loop(void *unused)
{
	int epoll = epoll_create1(EPOLL_CLOEXEC);
	struct epoll_event watched = { .events = EPOLLIN }, ready;
	uint64_t value;
	epoll_ctl(epoll, EPOLL_CTL_ADD, event, &watched);
	for (;;) {
		if (epoll_wait(epoll, &ready, 1, -1) == 1 && read(event, &value, sizeof value) > 0)
			answer();
	}
	return unused;
}

static int by_length(const void *left, const void *right)
{
	long a = *(const long *) left, b = *(const long *) right;
	return (a > b) - (a < b);
}

static double median_micros(long nanos)
{
	static long times[MAX_COUNT];
	int count = 0;
	uint64_t one = 1;
	long before = now(), end = before + nanos;
	while (before < end && count < MAX_COUNT) {
		if (write(event, &one, sizeof one) < 0)
			exit(1);
		await_answer();
		long after = now();
		times[count++] = after - before;
		before = after;
	}
	qsort(times, count, sizeof *times, by_length);
	return times[count / 2] / 1e3;
}

int main(int argc, char **argv)
{
	long warmup = 0, duration = 0;
	pthread_t thread;
	for (int i = 1; i < argc; i++) {
		sscanf(argv[i], "warmup=%ld", &warmup);
		sscanf(argv[i], "ms=%ld", &duration);
	}
	event = eventfd(0, EFD_CLOEXEC);
	pthread_create(&thread, NULL, loop, NULL);
	median_micros(warmup * 1000000);
	printf("p50 %.4f µs\n", median_micros(duration * 1000000));
	return 0;
}
