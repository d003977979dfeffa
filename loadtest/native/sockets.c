#define _GNU_SOURCE
#include "client.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

/* RFC 6455's own example, so that the answer is a constant and the floor needs no SHA-1. */
static const char KEY[] = "dGhlIHNhbXBsZSBub25jZQ==";
static const char ACCEPT[] = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

static uint8_t read_buffer[READ_BYTES];

static int index_of(struct client *c, struct sock *s) { return (int)(s - c->socks); }

static void queue(struct client *c, int index) {
  c->waiting[(c->waiting_head + c->waiting_count) % c->options.sockets] = index;
  c->waiting_count++;
}

void sockets_prepare(struct client *c) {
  int n = c->options.sockets;
  c->socks = calloc((size_t)n, sizeof *c->socks);
  c->waiting = calloc((size_t)n, sizeof *c->waiting);
  if (c->socks == NULL || c->waiting == NULL) {
    fprintf(stderr, "client: no memory for %d sockets\n", n);
    exit(1);
  }
  for (int i = 0; i < n; i++) c->socks[i].fd = -1;
}

void sockets_queue_all(struct client *c) {
  c->waiting_head = c->waiting_count = c->gave_up = 0;
  c->refusals_left = 20 * c->options.sockets;
  for (int i = 0; i < c->options.sockets; i++) queue(c, i);
}

static void shut(struct client *c, struct sock *s) {
  if (s->phase == READY) c->ready--;
  else if (s->phase != CLOSED) c->in_flight--;
  if (s->fd >= 0) close(s->fd);
  s->fd = -1;
  s->phase = CLOSED;
  s->step = 0;
  s->stalled = s->in_fragments = false;
  held_drop(s);
}

/* A socket that was served is counted as closed, and opened again by those who stay; one that was refused is tried again, at the end of the queue. */
void socket_lost(struct client *c, struct sock *s) {
  bool served = s->phase == READY;
  shut(c, s);
  if (served) {
    c->tally.closed++;
    if (c->stay) queue(c, index_of(c, s));
    return;
  }
  c->tally.refused++;
  c->pump_after_ns = monotonic_ns() + REFUSED_PAUSE_MS * 1000000u;
  if (c->refusals_left-- > 0) queue(c, index_of(c, s));
  else c->gave_up++;
}

/* SO_LINGER 0: a reset leaves no TIME_WAIT behind, so a storm does not run out of ports. */
void sockets_close_all(struct client *c) {
  struct linger reset = {.l_onoff = 1, .l_linger = 0};
  for (int i = 0; i < c->options.sockets; i++) {
    struct sock *s = &c->socks[i];
    if (s->fd >= 0) setsockopt(s->fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    shut(c, s);
  }
}

static void watch(struct client *c, struct sock *s, int operation, uint32_t events) {
  struct epoll_event event = {.events = events, .data.ptr = s};
  if (epoll_ctl(c->epoll, operation, s->fd, &event) != 0) {
    perror("client: epoll_ctl");
    exit(1);
  }
}

static bool begin(struct client *c, struct sock *s) {
  int one = 1;
  s->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (s->fd < 0) {
    perror("client: socket");
    return false;
  }
  struct sockaddr_in from = {.sin_family = AF_INET};
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(c->options.port)};
  from.sin_addr.s_addr = htonl(0x7f000002u + (uint32_t)(index_of(c, s) % c->options.sources));
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  setsockopt(s->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
  setsockopt(s->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (bind(s->fd, (struct sockaddr *)&from, sizeof from) != 0) return false;
  if (connect(s->fd, (struct sockaddr *)&to, sizeof to) != 0 && errno != EINPROGRESS) return false;
  s->phase = CONNECTING;
  c->in_flight++;
  watch(c, s, EPOLL_CTL_ADD, EPOLLOUT);
  return true;
}

void sockets_pump(struct client *c) {
  if (monotonic_ns() < c->pump_after_ns) return;
  int tries = c->waiting_count;
  while (tries-- > 0 && c->in_flight < c->options.in_flight) {
    struct sock *s = &c->socks[c->waiting[c->waiting_head]];
    c->waiting_head = (c->waiting_head + 1) % c->options.sockets;
    c->waiting_count--;
    if (!begin(c, s)) socket_lost(c, s);
  }
}

static bool ask_upgrade(struct client *c, struct sock *s) {
  char request[2048];
  struct dialect *d = &c->options.dialect;
  int used = snprintf(request, sizeof request,
                      "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: %s\r\n",
                      d->path, c->options.port, KEY);
  for (int i = 0; i < d->header_count; i++)
    used += snprintf(request + used, sizeof request - (size_t)used, "%s\r\n", d->headers[i]);
  used += snprintf(request + used, sizeof request - (size_t)used, "\r\n");
  return send(s->fd, request, (size_t)used, MSG_NOSIGNAL) == used;
}

/* @returns the bytes of the response's head, 0 while it is not complete, -1 when it is no upgrade. */
static long upgrade_answer(const uint8_t *bytes, size_t count) {
  const uint8_t *end = memmem(bytes, count, "\r\n\r\n", 4);
  if (end == NULL) return count > 8192 ? -1 : 0;
  size_t head = (size_t)(end - bytes) + 4;
  if (head < 12 || memcmp(bytes, "HTTP/1.1 101", 12) != 0) return -1;
  return memmem(bytes, head, ACCEPT, sizeof ACCEPT - 1) == NULL ? -1 : (long)head;
}

static bool finish_upgrade(struct client *c, struct sock *s, const uint8_t *bytes, size_t count) {
  if (!held_add(s, bytes, count)) return false;
  long head = upgrade_answer(s->held, s->held_bytes);
  if (head <= 0) return head == 0;
  s->phase = SPEAKING;
  held_keep_from(s, (size_t)head);
  return dialect_open(c, s) && frames_take(c, s, NULL, 0);
}

static bool receive(struct client *c, struct sock *s) {
  ssize_t got = recv(s->fd, read_buffer, READ_BYTES, 0);
  if (got < 0) return errno == EAGAIN || errno == EINTR;
  if (got == 0) return false;
  return s->phase == UPGRADING ? finish_upgrade(c, s, read_buffer, (size_t)got)
                               : frames_take(c, s, read_buffer, (size_t)got);
}

void sockets_event(struct client *c, struct sock *s, uint32_t events) {
  if (s->phase == CLOSED) return;
  if (s->phase == CONNECTING) {
    if ((events & (EPOLLERR | EPOLLHUP)) != 0 || !ask_upgrade(c, s)) {
      socket_lost(c, s);
      return;
    }
    s->phase = UPGRADING;
    watch(c, s, EPOLL_CTL_MOD, EPOLLIN);
    return;
  }
  if (!receive(c, s)) socket_lost(c, s);
}

/* The first `percent` of the sockets stop reading, the others read; 0 wakes all. */
void sockets_stall(struct client *c, int percent) {
  int stalled = (int)((long)c->options.sockets * percent / 100);
  for (int i = 0; i < c->options.sockets; i++) {
    struct sock *s = &c->socks[i];
    bool stall = i < stalled;
    if (s->phase != READY || s->stalled == stall) continue;
    s->stalled = stall;
    watch(c, s, EPOLL_CTL_MOD, stall ? 0 : EPOLLIN);
  }
}
