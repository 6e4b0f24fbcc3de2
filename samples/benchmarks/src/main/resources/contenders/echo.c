/*
 * An echo server over epoll, in one thread: the limit that the others are measured
 * against. Prints "port N", and runs until it is killed.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define EVENTS 256

static char buffer[64 * 1024];

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static void watch(int epoll, int fd)
{
	struct epoll_event watched = { .events = EPOLLIN, .data.fd = fd };
	if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &watched))
		fail("epoll_ctl");
}

static int listen_on_any_port(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t length = sizeof address;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (bind(fd, (struct sockaddr *) &address, length) || listen(fd, 100)
			|| getsockname(fd, (struct sockaddr *) &address, &length))
		fail("listen");
	printf("port %d\n", ntohs(address.sin_port));
	fflush(stdout);
	return fd;
}

static void accept_all(int epoll, int listening)
{
	int fd, one = 1;
	while ((fd = accept4(listening, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
		watch(epoll, fd);
	}
}

static void send_back(int fd, ssize_t size)
{
	struct pollfd room = { .fd = fd, .events = POLLOUT };
	for (ssize_t sent = 0; sent < size;) {
		ssize_t count = write(fd, buffer + sent, size - sent);
		if (count >= 0)
			sent += count;
		else if (errno == EAGAIN)
			poll(&room, 1, -1);
		else
			return;
	}
}

static void echo(int fd)
{
	ssize_t size = read(fd, buffer, sizeof buffer);
	if (size > 0)
		send_back(fd, size);
	else if (size == 0 || errno != EAGAIN)
		close(fd);
}

int main(void)
{
	struct epoll_event ready[EVENTS];
	int epoll = epoll_create1(EPOLL_CLOEXEC);
	int listening = listen_on_any_port();
	watch(epoll, listening);
	for (;;) {
		int count = epoll_wait(epoll, ready, EVENTS, -1);
		for (int i = 0; i < count; i++) {
			if (ready[i].data.fd == listening)
				accept_all(epoll, listening);
			else
				echo(ready[i].data.fd);
		}
	}
}
