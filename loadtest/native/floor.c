#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/*
 * The floor: what the kernel itself needs to hand one frame to each of n sockets. No library, no WebSocket state:
 * accept, answer the upgrade of client.c (whose key is a constant), answer any message with one frame, and write the
 * same frame to all sockets in a loop. The command protocol is the one of bench/servers/control.ts.
 */

enum { FILES_MAX = 20000, EVENTS_MAX = 512, FRAME_BYTES_MAX = 65536, LIFE_SECONDS_MAX = 900 };

static const char UPGRADED[] =
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

static struct {
  int fd;
  bool subscribed;
} peers[FILES_MAX];
static int slot_of[FILES_MAX];
static int peer_count, queue_fd, listen_fd;
static uint8_t frame[FRAME_BYTES_MAX];
static uint64_t sequence = 1, published;
static int publish_bytes = 300;
static double every_ns; /* 0: as fast as it can */
static bool publishing;
static double next_ns;

static double now_ns(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static uint64_t cpu_us(void) {
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  return (uint64_t)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000000u +
         (uint64_t)(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
}

/* The text of bench/servers/payload.ts: a delta of `bytes` bytes, padded by the key of a row that left. @returns the frame's length. */
static size_t write_frame(uint64_t from, int bytes) {
  size_t head = bytes < 126 ? 2 : 4;
  char *text = (char *)frame + head;
  frame[0] = 0x81;
  frame[1] = (uint8_t)(bytes < 126 ? bytes : 126);
  if (head == 4) {
    frame[2] = (uint8_t)(bytes >> 8);
    frame[3] = (uint8_t)bytes;
  }
  int used = snprintf(text, (size_t)bytes,
                      "{\"t\":\"delta\",\"s\":\"nation\",\"from\":%" PRIu64 ",\"to\":%" PRIu64
                      ",\"sum\":1234567890,\"at\":%.3f,\"c\":[[\"waiting.red\"",
                      from, sequence, now_ns(CLOCK_REALTIME) / 1e6);
  for (int area = 10; used < bytes - 40 && area < 100; area++)
    used += snprintf(text + used, (size_t)(bytes - used), ",\"%d\",%d", area, area * 97);
  static const char middle[] = "]],\"r\":[],\"x\":[\"", tail[] = "\"]}";
  memcpy(text + used, middle, sizeof middle - 1);
  used += (int)sizeof middle - 1;
  memset(text + used, '0', (size_t)(bytes - used));
  memcpy(text + bytes - (sizeof tail - 1), tail, sizeof tail - 1);
  return head + (size_t)bytes;
}

static void drop(int slot) {
  int fd = peers[slot].fd;
  close(fd);
  peers[slot] = peers[--peer_count];
  slot_of[peers[slot].fd] = slot;
}

static void publish(void) {
  sequence++;
  size_t length = write_frame(sequence - 1, publish_bytes);
  for (int i = peer_count - 1; i >= 0; i--) {
    if (!peers[i].subscribed) continue;
    if (write(peers[i].fd, frame, length) != (ssize_t)length) drop(i);
  }
  published++;
}

static void accept_all(void) {
  int fd, one = 1;
  while ((fd = accept4(listen_fd, NULL, NULL, SOCK_CLOEXEC)) >= 0) {
    if (fd >= FILES_MAX) {
      close(fd);
      continue;
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    epoll_ctl(queue_fd, EPOLL_CTL_ADD, fd, &event);
    peers[peer_count].fd = fd;
    peers[peer_count].subscribed = false;
    slot_of[fd] = peer_count++;
  }
}

static void answer(int fd) {
  char request[4096];
  int slot = slot_of[fd];
  ssize_t got = recv(fd, request, sizeof request, MSG_DONTWAIT);
  if (got < 0 && errno == EAGAIN) return;
  bool upgrade = got > 4 && memcmp(request, "GET ", 4) == 0;
  size_t length = upgrade ? sizeof UPGRADED - 1 : write_frame(0, publish_bytes);
  const void *bytes = upgrade ? (const void *)UPGRADED : frame;
  if (got <= 0 || write(fd, bytes, length) != (ssize_t)length) {
    drop(slot);
    return;
  }
  if (!upgrade) peers[slot].subscribed = true;
}

static void command(const char *line) {
  double rate;
  int bytes;
  if (sscanf(line, "flood %d", &bytes) == 1) every_ns = 0, publishing = true;
  else if (sscanf(line, "rate %lf %d", &rate, &bytes) == 2) every_ns = 1e9 / rate, publishing = true;
  else if (strcmp(line, "stop") == 0) {
    publishing = false;
    printf("{\"event\":\"stopped\",\"published\":%" PRIu64 "}\n", published);
    published = 0;
    return;
  } else if (strcmp(line, "count") == 0) {
    printf("{\"event\":\"counted\",\"published\":%" PRIu64 ",\"cpuUs\":%" PRIu64 "}\n", published, cpu_us());
    return;
  } else if (strcmp(line, "settle") == 0) {
    printf("{\"event\":\"settled\"}\n");
    return;
  } else {
    exit(0);
  }
  publish_bytes = bytes < 160 ? 160 : bytes > FRAME_BYTES_MAX - 8 ? FRAME_BYTES_MAX - 8 : bytes;
  next_ns = now_ns(CLOCK_MONOTONIC);
}

static void read_commands(void) {
  char lines[512];
  ssize_t got = read(STDIN_FILENO, lines, sizeof lines - 1);
  if (got <= 0) exit(0);
  lines[got] = 0;
  for (char *line = strtok(lines, "\n"); line != NULL; line = strtok(NULL, "\n")) command(line);
  fflush(stdout);
}

static int listen_on_loopback(void) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  listen_fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (listen_fd < 0 || bind(listen_fd, (struct sockaddr *)&address, size) != 0 || listen(listen_fd, 512) != 0 ||
      getsockname(listen_fd, (struct sockaddr *)&address, &size) != 0) {
    perror("floor: listen");
    exit(1);
  }
  return ntohs(address.sin_port);
}

static void watch(int fd) {
  struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
  epoll_ctl(queue_fd, EPOLL_CTL_ADD, fd, &event);
}

/* @returns the milliseconds epoll may sleep. */
static int wait_ms(void) {
  if (!publishing) return 1000;
  if (every_ns == 0) return 0;
  double left = next_ns - now_ns(CLOCK_MONOTONIC);
  return left <= 0 ? 0 : (int)(left / 1e6);
}

int main(void) {
  struct rlimit files = {FILES_MAX, FILES_MAX};
  setrlimit(RLIMIT_NOFILE, &files);
  alarm(LIFE_SECONDS_MAX);
  queue_fd = epoll_create1(EPOLL_CLOEXEC);
  int port = listen_on_loopback();
  watch(listen_fd);
  watch(STDIN_FILENO);
  printf("{\"event\":\"listening\",\"port\":%d}\n", port);
  fflush(stdout);
  static struct epoll_event events[EVENTS_MAX];
  for (;;) {
    int count = epoll_wait(queue_fd, events, EVENTS_MAX, wait_ms());
    for (int i = 0; i < count; i++) {
      int fd = events[i].data.fd;
      if (fd == listen_fd) accept_all();
      else if (fd == STDIN_FILENO) read_commands();
      else answer(fd);
    }
    if (!publishing || (every_ns > 0 && now_ns(CLOCK_MONOTONIC) < next_ns)) continue;
    publish();
    next_ns += every_ns;
  }
}
