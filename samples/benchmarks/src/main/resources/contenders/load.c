/*
 * The clients of an echo server, the same for all servers: each sends a message, and the
 * next one when that has come back. Starts the server, which prints "port N", and kills
 * it in the end.
 * load SERVER... CASE NAME=VALUE...
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define EVENTS 256

struct client {
	int fd;
	int received;
	char *echo;
};

static int argument_count;
static char **arguments;
static int epoll;
static int size;
static char *message;
static long trips;
static int wrong;

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static int number(const char *name)
{
	size_t length = strlen(name);
	for (int i = 1; i < argument_count; i++) {
		if (strncmp(arguments[i], name, length) == 0 && arguments[i][length] == '=')
			return atoi(arguments[i] + length + 1);
	}
	fprintf(stderr, "%s=... is missing\n", name);
	exit(1);
}

static double seconds(clockid_t clock)
{
	struct timespec time;
	if (clock_gettime(clock, &time))
		fail("clock_gettime");
	return time.tv_sec + time.tv_nsec / 1e9;
}

static pid_t start(int *port)
{
	int output[2];
	if (pipe(output))
		fail("pipe");
	pid_t server = fork();
	if (server < 0)
		fail("fork");
	if (server == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		dup2(output[1], STDOUT_FILENO);
		close(output[0]);
		close(output[1]);
		execvp(arguments[1], arguments + 1);
		fail(arguments[1]);
	}
	close(output[1]);
	FILE *lines = fdopen(output[0], "r");
	if (!lines || fscanf(lines, "port %d", port) != 1) {
		fprintf(stderr, "%s has not printed its port\n", arguments[1]);
		exit(1);
	}
	return server;
}

/* All of it: a server that waits for its client to read has read this before. */
static void send_message(struct client *client)
{
	for (int sent = 0; sent < size;) {
		ssize_t count = write(client->fd, message + sent, size - sent);
		if (count < 0)
			fail("write");
		sent += count;
	}
	client->received = 0;
}

static void receive(struct client *client)
{
	ssize_t count = read(client->fd, client->echo + client->received, size - client->received);
	if (count < 0)
		fail("read");
	if (count == 0) {
		fprintf(stderr, "The server has closed a connection\n");
		exit(1);
	}
	client->received += count;
	if (client->received < size)
		return;
	trips++;
	if (memcmp(client->echo, message, size))
		wrong++;
	send_message(client);
}

static void join(struct client *client, int port)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)
	};
	struct epoll_event watched = { .events = EPOLLIN, .data.ptr = client };
	int one = 1;
	client->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	client->echo = malloc(size);
	if (!client->echo || connect(client->fd, (struct sockaddr *) &address, sizeof address))
		fail("connect");
	setsockopt(client->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	if (epoll_ctl(epoll, EPOLL_CTL_ADD, client->fd, &watched))
		fail("epoll_ctl");
	send_message(client);
}

/* For that long, or until the first echo. */
static void run(int milliseconds)
{
	struct epoll_event ready[EVENTS];
	double end = seconds(CLOCK_MONOTONIC) + milliseconds / 1e3;
	trips = 0;
	while (trips == 0 || seconds(CLOCK_MONOTONIC) < end) {
		int count = epoll_wait(epoll, ready, EVENTS, 100);
		for (int i = 0; i < count; i++)
			receive(ready[i].data.ptr);
	}
}

int main(int argc, char **argv)
{
	int port;
	clockid_t processor;
	argument_count = argc;
	arguments = argv;
	size = number("size");
	message = malloc(size);
	for (int i = 0; i < size; i++)
		message[i] = (char) (i * 31 + i / 251);
	epoll = epoll_create1(EPOLL_CLOEXEC);
	pid_t server = start(&port);
	if (clock_getcpuclockid(server, &processor))
		fail("clock_getcpuclockid");
	int connections = number("connections");
	struct client *clients = calloc(connections, sizeof *clients);
	for (int i = 0; i < connections; i++)
		join(clients + i, port);
	run(number("warmup"));
	double used = seconds(processor), begun = seconds(CLOCK_MONOTONIC);
	run(number("ms"));
	double elapsed = seconds(CLOCK_MONOTONIC) - begun;
	printf("rate %.4f 1/s\n", trips / elapsed);
	printf("cpu %.4f µs\n", (seconds(processor) - used) / trips * 1e6);
	printf("wrong %d results\n", wrong);
	kill(server, SIGKILL);
	waitpid(server, NULL, 0);
	return 0;
}
