/*
 * Children as C runs them, with posix_spawn and either waitpid or pidfd and epoll: the
 * limit that the others are measured against. Compiled with -DIO_URING, io_uring waits
 * instead of pidfd and epoll.
 * children CASE NAME=VALUE...
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#ifdef IO_URING
#include <linux/io_uring.h>
#include <sys/mman.h>
#endif
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define EVENTS 256
#define INPUT_SIZE (64 * 1024)

extern char **environ;

enum mode { INHERITED, PIPES, EXCHANGE };

struct child {
	pid_t pid;
	int pidfd;
	int expected;
	int idle;
};

struct job {
	enum mode mode;
	const char *programs[2];
	int program_count;
};

static int argument_count;
static char **arguments;
#ifndef IO_URING
static int epoll;
#endif
static struct child *children;
static int child_count;
static int *free_slots;
static int free_count;
static int wrong;
static char input[INPUT_SIZE];

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static const char *text(const char *name)
{
	size_t length = strlen(name);
	for (int i = 2; i < argument_count; i++) {
		if (strncmp(arguments[i], name, length) == 0 && arguments[i][length] == '=')
			return arguments[i] + length + 1;
	}
	fprintf(stderr, "%s=... is missing\n", name);
	exit(1);
}

static int number(const char *name)
{
	return atoi(text(name));
}

static double now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec + time.tv_nsec / 1e9;
}

static double cpu_of(int who)
{
	struct rusage usage;
	getrusage(who, &usage);
	return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec
		+ (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static double cpu(void)
{
	return cpu_of(RUSAGE_SELF) + cpu_of(RUSAGE_CHILDREN);
}

static double memory_kib(void)
{
	char line[256];
	double kib = 0;
	FILE *file = fopen("/proc/self/smaps_rollup", "re");
	while (file && fgets(line, sizeof line, file))
		sscanf(line, "Rss: %lf", &kib);
	if (file)
		fclose(file);
	return kib;
}

static void print(const char *name, double value, const char *unit)
{
	printf("%s %.4f %s\n", name, value, unit);
	fflush(stdout);
}

static void grow(int capacity)
{
	children = realloc(children, capacity * sizeof *children);
	free_slots = realloc(free_slots, capacity * sizeof *free_slots);
	if (!children || !free_slots)
		fail("realloc");
	while (child_count < capacity)
		free_slots[free_count++] = child_count++;
}

static int code(int status)
{
	return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static pid_t spawn(char *const argv[], const posix_spawn_file_actions_t *actions)
{
	pid_t pid;
	int error = posix_spawn(&pid, argv[0], actions, NULL, argv, environ);
	if (error) {
		errno = error;
		fail(argv[0]);
	}
	return pid;
}

/* How the children that are watched are waited for. */

#ifdef IO_URING

/* The header may be older than the kernel */
#define OP_WAITID 50
#define COMPLETIONS 1024

static int ring;
static unsigned *submission_tail, *completion_head, *completion_tail;
static struct io_uring_sqe *submission;
static struct io_uring_cqe *completions;

static void *map_ring(size_t size, off_t offset)
{
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, ring, offset);
	if (memory == MAP_FAILED)
		fail("mmap");
	return memory;
}

static void open_watch(void)
{
	struct io_uring_params params = { .flags = IORING_SETUP_CQSIZE, .cq_entries = COMPLETIONS };
	ring = syscall(SYS_io_uring_setup, 1, &params);
	if (ring < 0)
		fail("io_uring_setup");
	size_t size = params.cq_off.cqes + params.cq_entries * sizeof *completions;
	if (size < params.sq_off.array + params.sq_entries * sizeof(unsigned))
		size = params.sq_off.array + params.sq_entries * sizeof(unsigned);
	char *queues = map_ring(size, IORING_OFF_SQ_RING);
	submission = map_ring(sizeof *submission, IORING_OFF_SQES);
	submission_tail = (unsigned *) (queues + params.sq_off.tail);
	completion_head = (unsigned *) (queues + params.cq_off.head);
	completion_tail = (unsigned *) (queues + params.cq_off.tail);
	completions = (struct io_uring_cqe *) (queues + params.cq_off.cqes);
}

static void enter(int submissions, int completions_awaited)
{
	while (syscall(SYS_io_uring_enter, ring, submissions, completions_awaited, IORING_ENTER_GETEVENTS, NULL, 0) < 0) {
		if (errno != EINTR)
			fail("io_uring_enter");
	}
}

static void watch(struct child *child, int slot)
{
	memset(submission, 0, sizeof *submission);
	submission->opcode = OP_WAITID;
	submission->fd = child->pid;
	submission->len = P_PID;
	submission->splice_fd_in = WEXITED | WNOWAIT;
	submission->user_data = slot;
	__atomic_store_n(submission_tail, *submission_tail + 1, __ATOMIC_RELEASE);
	enter(1, 0);
}

static int await_some(int *slots)
{
	int count = 0;
	enter(0, 1);
	while (count < EVENTS && *completion_head != __atomic_load_n(completion_tail, __ATOMIC_ACQUIRE)) {
		slots[count++] = completions[*completion_head % COMPLETIONS].user_data;
		__atomic_store_n(completion_head, *completion_head + 1, __ATOMIC_RELEASE);
	}
	return count;
}

static void unwatch(struct child *child)
{
	(void) child;
}

#else

static void open_watch(void)
{
	epoll = epoll_create1(EPOLL_CLOEXEC);
}

static void watch(struct child *child, int slot)
{
	struct epoll_event event = { .events = EPOLLIN, .data.u32 = slot };
	child->pidfd = syscall(SYS_pidfd_open, child->pid, 0);
	if (child->pidfd < 0 || epoll_ctl(epoll, EPOLL_CTL_ADD, child->pidfd, &event) < 0)
		fail("pidfd");
}

static int await_some(int *slots)
{
	struct epoll_event events[EVENTS];
	int count = epoll_wait(epoll, events, EVENTS, -1);
	for (int i = 0; i < count; i++) {
		slots[i] = events[i].data.u32;
		/* Before the close: a child between fork and exec may hold a copy */
		epoll_ctl(epoll, EPOLL_CTL_DEL, children[slots[i]].pidfd, NULL);
	}
	return count > 0 ? count : 0;
}

static void unwatch(struct child *child)
{
	close(child->pidfd);
}

#endif

static void start_watched(char *const argv[], int expected, int idle)
{
	if (free_count == 0)
		grow(child_count ? child_count * 2 : 64);
	int slot = free_slots[--free_count];
	struct child *child = &children[slot];
	child->pid = spawn(argv, NULL);
	child->expected = expected;
	child->idle = idle;
	watch(child, slot);
}

static int reap_some(void)
{
	int slots[EVENTS];
	int count = await_some(slots);
	for (int i = 0; i < count; i++) {
		int status = 0;
		struct child *child = &children[slots[i]];
		if (waitpid(child->pid, &status, 0) != child->pid || code(status) != child->expected)
			wrong++;
		unwatch(child);
		child->pid = 0;
		free_slots[free_count++] = slots[i];
	}
	return count;
}

static void run_watched(const struct job *job, int count, int in_flight)
{
	int started = 0, ended = 0;
	while (ended < count) {
		while (started < count && started - ended < in_flight) {
			const char *program = job->programs[started % job->program_count];
			char *argv[] = { (char *) program, NULL };
			start_watched(argv, strcmp(program, "/bin/false") == 0, 0);
			started++;
		}
		ended += reap_some();
	}
}

static int start_idle(int count)
{
	char *argv[] = { "/bin/sleep", "600", NULL };
	for (int i = 0; i < count; i++)
		start_watched(argv, -SIGKILL, 1);
	return count;
}

static void kill_idle(int count)
{
	for (int i = 0; i < child_count; i++) {
		if (children[i].pid && children[i].idle)
			kill(children[i].pid, SIGKILL);
	}
	while (count > 0)
		count -= reap_some();
}

/* One child at a time, waited for with waitpid. */

static int read_to_end(int fd, char *to, int size)
{
	int length = 0;
	ssize_t count;
	while ((count = read(fd, to + length, size - length)) > 0)
		length += count;
	close(fd);
	return length;
}

static void run_with_pipes(const char *program, enum mode mode)
{
	static char output[INPUT_SIZE + 1], errors[1];
	char *argv[] = { (char *) program, NULL };
	int in[2], out[2], err[2], status, length;
	posix_spawn_file_actions_t actions;
	if (pipe2(in, O_CLOEXEC) || pipe2(out, O_CLOEXEC) || pipe2(err, O_CLOEXEC))
		fail("pipe2");
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, in[0], 0);
	posix_spawn_file_actions_adddup2(&actions, out[1], 1);
	posix_spawn_file_actions_adddup2(&actions, err[1], 2);
	pid_t pid = spawn(argv, &actions);
	posix_spawn_file_actions_destroy(&actions);
	close(in[0]);
	close(out[1]);
	close(err[1]);
	/* As much as fits into a pipe */
	if (mode == EXCHANGE && write(in[1], input, INPUT_SIZE) != INPUT_SIZE)
		wrong++;
	close(in[1]);
	length = read_to_end(out[0], output, sizeof output);
	read_to_end(err[0], errors, sizeof errors);
	if (waitpid(pid, &status, 0) != pid || code(status) != 0
			|| length != (mode == EXCHANGE ? INPUT_SIZE : 0) || memcmp(output, input, length) != 0)
		wrong++;
}

static void run_in_turn(const struct job *job, int count)
{
	for (int i = 0; i < count; i++) {
		if (job->mode == INHERITED) {
			char *argv[] = { (char *) job->programs[0], NULL };
			int status;
			pid_t pid = spawn(argv, NULL);
			if (waitpid(pid, &status, 0) != pid || code(status) != 0)
				wrong++;
		}
		else {
			run_with_pipes(job->programs[0], job->mode);
		}
	}
}

/* The output of children, which write zeros. */

static pid_t spawn_with(char *argv[], int in, int out)
{
	posix_spawn_file_actions_t actions;
	posix_spawn_file_actions_init(&actions);
	if (in >= 0)
		posix_spawn_file_actions_adddup2(&actions, in, 0);
	posix_spawn_file_actions_adddup2(&actions, out, 1);
	pid_t pid = spawn(argv, &actions);
	posix_spawn_file_actions_destroy(&actions);
	close(out);
	if (in >= 0)
		close(in);
	return pid;
}

static void expect_success(pid_t pid)
{
	int status;
	if (waitpid(pid, &status, 0) != pid || code(status) != 0)
		wrong++;
}

/* From one child, or through cat. */
static void read_output(int megabytes, int children)
{
	static char buffer[64 * 1024];
	char count[32];
	char *writer[] = { "/bin/dd", "if=/dev/zero", "bs=1000000", count, "status=none", NULL };
	char *cat[] = { "/bin/cat", NULL };
	int out[2];
	pid_t pids[2];
	long length = 0;
	ssize_t size;
	snprintf(count, sizeof count, "count=%d", megabytes);
	for (int i = 0; i < children; i++) {
		int in = i ? out[0] : -1;
		if (pipe2(out, O_CLOEXEC))
			fail("pipe2");
		pids[i] = spawn_with(i ? cat : writer, in, out[1]);
	}
	while ((size = read(out[0], buffer, sizeof buffer)) > 0)
		length += size;
	close(out[0]);
	for (int i = 0; i < children; i++)
		expect_success(pids[i]);
	if (length != megabytes * 1000000L)
		wrong++;
}

static void read_at_once(int count)
{
	static char buffer[64 * 1024];
	char *argv[] = { "/bin/dd", "if=/dev/zero", "bs=65536", "count=1", "status=none", NULL };
	pid_t pids[count];
	struct pollfd outputs[count];
	long length = 0;
	for (int i = 0; i < count; i++) {
		int out[2];
		if (pipe2(out, O_CLOEXEC))
			fail("pipe2");
		pids[i] = spawn_with(argv, -1, out[1]);
		outputs[i] = (struct pollfd) { .fd = out[0], .events = POLLIN };
	}
	for (int open = count; open > 0;) {
		if (poll(outputs, count, -1) < 0)
			fail("poll");
		for (int i = 0; i < count; i++) {
			ssize_t size = outputs[i].revents ? read(outputs[i].fd, buffer, sizeof buffer) : -1;
			if (size == 0) {
				close(outputs[i].fd);
				outputs[i].fd = -1;
				open--;
			}
			else if (size > 0) {
				length += size;
			}
		}
	}
	for (int i = 0; i < count; i++)
		expect_success(pids[i]);
	if (length != count * 65536L)
		wrong++;
}

/* The cases. */

static void in_turn(struct job job)
{
	int count = number("count");
	run_in_turn(&job, number("warmup"));
	double start = now();
	run_in_turn(&job, count);
	print("rate", count / (now() - start), "1/s");
}

static int by_time(const void *left, const void *right)
{
	double difference = *(const double *) left - *(const double *) right;
	return (difference > 0) - (difference < 0);
}

static void cold_in_turn(void)
{
	struct job job = { INHERITED, { "/bin/true" }, 1 };
	int count = number("count");
	double times[count];
	run_in_turn(&job, number("first"));
	double start = now();
	for (int i = 0; i < count; i++) {
		double before = now();
		run_in_turn(&job, 1);
		times[i] = now() - before;
	}
	print("rate", count / (now() - start), "1/s");
	qsort(times, count, sizeof *times, by_time);
	print("p99", times[count * 99 / 100] * 1e6, "µs");
}

static void cold_at_once(void)
{
	struct job job = { INHERITED, { "/bin/true", "/bin/false" }, 2 };
	int count = number("count");
	run_watched(&job, number("first"), 1);
	double start = now();
	run_watched(&job, count, number("inflight"));
	print("rate", count / (now() - start), "1/s");
}

static void stream(int children)
{
	int megabytes = number("megabytes");
	read_output(number("warmup"), children);
	double start = now();
	read_output(megabytes, children);
	print("rate", megabytes / (now() - start), "MB/s");
}

static void outputs_at_once(void)
{
	int count = number("count"), children = number("children");
	for (int i = number("warmup"); i > 0; i--)
		read_at_once(children);
	double start = now();
	for (int i = 0; i < count; i++)
		read_at_once(children);
	print("time", (now() - start) / count * 1e3, "ms");
}

static void at_once(void)
{
	struct job job = { INHERITED, { "/bin/true", "/bin/false" }, 2 };
	int count = number("count"), in_flight = number("inflight");
	run_watched(&job, number("warmup"), in_flight);
	double used = cpu(), start = now();
	run_watched(&job, count, in_flight);
	print("rate", count / (now() - start), "1/s");
	print("cpu", (cpu() - used) / count * 1e6, "µs");
}

static double seconds_of(const struct job *job, int count)
{
	double start = now();
	run_watched(job, count, 1);
	return now() - start;
}

static void beside_idle(void)
{
	struct job job = { INHERITED, { "/bin/true" }, 1 };
	int count = number("count"), alive = number("alive");
	run_watched(&job, number("warmup"), 1);
	double alone = seconds_of(&job, count), memory = memory_kib();
	start_idle(alive);
	print("threads", 0, "threads");
	print("memory", (memory_kib() - memory) / alive, "KiB");
	double beside = seconds_of(&job, count);
	print("rate", count / beside, "1/s");
	print("slower", beside / alone, "×");
	kill_idle(alive);
}

static void mass_exit(void)
{
	int alive = number("alive");
	for (int i = number("warmups"); i > 0; i--)
		kill_idle(start_idle(number("warmup")));
	start_idle(alive);
	double start = now();
	kill_idle(alive);
	print("time", (now() - start) * 1e3, "ms");
}

static void scale(void)
{
	struct job job = { INHERITED, { "/bin/true" }, 1 };
	int count = number("count"), alive = 0;
	char *steps = strdup(text("alive"));
	run_watched(&job, number("warmup"), 1);
	double memory = memory_kib();
	for (char *step = strtok(steps, ","); step; step = strtok(NULL, ",")) {
		char name[64];
		alive += start_idle(atoi(step) - alive);
		snprintf(name, sizeof name, "threads@%d", alive);
		print(name, 0, "threads");
		snprintf(name, sizeof name, "memory@%d", alive);
		print(name, (memory_kib() - memory) / 1024, "MiB");
		snprintf(name, sizeof name, "cost@%d", alive);
		print(name, seconds_of(&job, count) / count * 1e6, "µs");
	}
	kill_idle(alive);
	free(steps);
}

/*
 * One child whose output is read, in a process that has done nothing before.
 */
static void first(void)
{
	char *words[] = { "/bin/echo", "hello", NULL };
	char output[64];
	int ends[2];
	pid_t pid;
	posix_spawn_file_actions_t actions;
	double start = now();
	if (pipe2(ends, O_CLOEXEC))
		fail("pipe2");
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
	if (posix_spawn(&pid, words[0], &actions, NULL, words, environ))
		fail("posix_spawn");
	close(ends[1]);
	while (read(ends[0], output, sizeof output) > 0)
		;
	waitpid(pid, NULL, 0);
	printf("%.0f\n", (now() - start) * 1e6);
}

int main(int argc, char **argv)
{
	const char *name = argc > 1 ? argv[1] : "";
	if (!strcmp(name, "first")) {
		first();
		return 0;
	}
	argument_count = argc;
	arguments = argv;
	open_watch();
	for (int i = 0; i < INPUT_SIZE; i++)
		input[i] = (char) (i * 31 + i / 251);
	if (!strcmp(name, "A") || !strcmp(name, "A0"))
		in_turn((struct job) { INHERITED, { text("program") }, 1 });
	else if (!strcmp(name, "A3"))
		in_turn((struct job) { PIPES, { "/bin/true" }, 1 });
	else if (!strcmp(name, "cold"))
		cold_in_turn();
	else if (!strcmp(name, "coldB"))
		cold_at_once();
	else if (!strcmp(name, "B"))
		at_once();
	else if (!strcmp(name, "C"))
		beside_idle();
	else if (!strcmp(name, "mass"))
		mass_exit();
	else if (!strcmp(name, "D"))
		in_turn((struct job) { EXCHANGE, { "/bin/cat" }, 1 });
	else if (!strcmp(name, "S1"))
		stream(1);
	else if (!strcmp(name, "S2"))
		stream(2);
	else if (!strcmp(name, "S3"))
		outputs_at_once();
	else if (!strcmp(name, "scale"))
		scale();
	else {
		fprintf(stderr, "No case '%s'\n", name);
		return 1;
	}
	print("wrong", wrong, "results");
	return 0;
}
