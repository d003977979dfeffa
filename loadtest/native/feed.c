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
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/*
 * Viewers of the public feed (PROTOCOL.md, "Feed"): each reads the index once a second over a connection that it keeps,
 * follows the steps that the index names, and compares the checksum of the last with the index's. Plain HTTP/1.1 with
 * Content-Length; one thread. It folds nothing, and looks into no packed body: that is the dashboard's
 * (tests/fanout/feed.test.ts).
 *   feed PORT SCOPE VIEWERS SECONDS → a line of JSON
 * The first RAMP_S seconds, in which the viewers come, are not counted.
 */

enum { VIEWERS_MAX = 19000, STEPS_MAX = 64, HEAD_BYTES_MAX = 2048, BODY_BYTES_MAX = 1 << 20, EVENTS_MAX = 1024 };
enum { RAMP_S = 10, SOURCES = 16, AGE_BUCKETS = 20000, LEGS_MAX = 64 };

struct leg {
  uint64_t from, to;
};

/* The newest index, parsed once for all who get the same bytes. */
static struct {
  char text[1 << 14], epoch[48];
  size_t bytes;
  double made_ms;
  uint64_t to, sum, snapshot;
  struct leg steps[STEPS_MAX];
  int step_count;
} idx;

struct viewer {
  int fd;
  bool connected, waits;
  uint64_t held, goal, goal_sum;
  double asked_ms, index_ms;
  struct leg way[LEGS_MAX];
  int legs, next; /* next == -1: the index is awaited */
  char *got;
  size_t bytes, room;
};

static struct viewer viewers[VIEWERS_MAX];
static char *scope;
static int port, count, queue_fd;
static bool counting;
static uint64_t readings, late, legs_read, snapshots, missing, wrong, levels, broken, received, packed_legs;
static uint32_t ages[AGE_BUCKETS], waits[AGE_BUCKETS];

static void die(const char *what) {
  perror(what);
  exit(1);
}

static double clock_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_REALTIME, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void note(uint32_t *buckets, double ms) {
  if (counting) buckets[ms < 0 ? 0 : ms >= AGE_BUCKETS ? AGE_BUCKETS - 1 : (int)ms]++;
}

static void watch(struct viewer *v, uint32_t events, int how) {
  struct epoll_event event = {.events = events, .data.ptr = v};
  if (epoll_ctl(queue_fd, how, v->fd, &event) != 0) die("epoll_ctl");
}

static void call_up(struct viewer *v) {
  int i = (int)(v - viewers);
  v->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (v->fd < 0) die("socket");
  int on = 1;
  setsockopt(v->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  setsockopt(v->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
  struct sockaddr_in from = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0x7f000002u + (uint32_t)(i % SOURCES))};
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  if (bind(v->fd, (struct sockaddr *)&from, sizeof from) != 0) die("bind");
  if (connect(v->fd, (struct sockaddr *)&to, sizeof to) != 0 && errno != EINPROGRESS) die("connect");
  v->connected = v->waits = false;
  v->bytes = 0;
  watch(v, EPOLLOUT, EPOLL_CTL_ADD);
}

static void hang_up(struct viewer *v) {
  if (counting && v->waits) broken++;
  close(v->fd);
  call_up(v);
}

static void ask(struct viewer *v) {
  char text[320], part[128] = "";
  if (v->next >= 0) {
    struct leg leg = v->way[v->next];
    char from[24];
    snprintf(from, sizeof from, leg.from == 0 ? "snapshot" : "%" PRIu64, leg.from);
    snprintf(part, sizeof part, "/%s/%s-%" PRIu64, idx.epoch, from, leg.to);
  }
  int length = snprintf(text, sizeof text, "GET /feed/%s%s HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n", scope, part);
  v->waits = true;
  v->asked_ms = clock_ms();
  if (send(v->fd, text, (size_t)length, MSG_NOSIGNAL) != length) hang_up(v);
}

static uint64_t after(const char *text, const char *key) {
  const char *at = strstr(text, key);
  return at == NULL ? 0 : strtoull(at + strlen(key), NULL, 10);
}

/* @returns whether it is an index */
static bool read_index(const char *body, size_t bytes) {
  if (bytes == idx.bytes && memcmp(body, idx.text, bytes) == 0) return true;
  const char *e = strstr(body, "\"e\":\""), *beat = strstr(body, "\"beat\":{"), *steps = strstr(body, "\"steps\":[");
  const char *rest = beat == NULL ? NULL : strchr(beat, '}');
  if (e == NULL || rest == NULL || steps == NULL || bytes >= sizeof idx.text) return false;
  memcpy(idx.text, body, bytes);
  idx.bytes = bytes;
  sscanf(e + 5, "%47[^\"]", idx.epoch);
  idx.made_ms = (double)after(body, "\"now\":");
  idx.to = after(rest, "\"to\":");
  idx.sum = after(rest, "\"sum\":");
  idx.snapshot = after(rest, "\"snapshot\":");
  idx.step_count = 0;
  for (const char *at = steps + 9; idx.step_count < STEPS_MAX && *at == '['; at += at[0] == ',') {
    char *end;
    struct leg *step = &idx.steps[idx.step_count++];
    step->from = strtoull(at + 1, &end, 10);
    step->to = strtoull(end + 1, &end, 10);
    at = end + 1;
  }
  return true;
}

/* As wayFrom of hub/contract/live/feed.ts. @returns whether the steps lead to the newest mark */
static bool steps_from(struct viewer *v, uint64_t at) {
  while (at < idx.to && v->legs < LEGS_MAX) {
    struct leg best = {0, 0};
    for (int i = 0; i < idx.step_count; i++) {
      struct leg step = idx.steps[i];
      if (step.from <= at && step.to > at && step.to > best.to) best = step;
    }
    if (best.to == 0) return false;
    v->way[v->legs++] = best;
    at = best.to;
  }
  return true;
}

static void find_way(struct viewer *v) {
  v->legs = v->next = 0;
  v->goal = idx.to;
  v->goal_sum = idx.sum;
  v->index_ms = idx.made_ms;
  if (v->held > 0 && steps_from(v, v->held)) return;
  v->legs = 1;
  v->way[0] = (struct leg){0, idx.snapshot};
  steps_from(v, idx.snapshot);
}

static void answer(struct viewer *v, int status, bool packed, char *body, size_t bytes) {
  double now = clock_ms();
  note(waits, now - v->asked_ms);
  v->waits = false;
  received += bytes;
  if (status != 200) {
    if (counting) missing++;
    return;
  }
  char kept = body[bytes];
  body[bytes] = 0;
  if (v->next < 0) {
    bool fits = read_index(body, bytes);
    body[bytes] = kept;
    if (!fits) {
      if (counting) wrong++;
      return;
    }
    if (counting) readings++;
    find_way(v);
  } else {
    struct leg leg = v->way[v->next];
    bool fits = packed || (after(body, "\"from\":") == leg.from && after(body, "\"to\":") == leg.to);
    uint64_t sum = packed ? v->goal_sum : after(body, "\"sum\":");
    if (counting && packed) packed_legs++;
    body[bytes] = kept;
    v->next++;
    if (!fits || (leg.to == v->goal && sum != v->goal_sum)) {
      if (counting) wrong++;
      v->held = 0;
      return;
    }
    v->held = leg.to;
    if (counting && leg.from == 0) snapshots++;
    if (counting) legs_read++;
  }
  if (v->next < v->legs) return ask(v);
  if (v->held != v->goal) return;
  if (counting) levels++;
  note(ages, now - v->index_ms);
}

static void take(struct viewer *v) {
  for (;;) {
    if (v->room - v->bytes < HEAD_BYTES_MAX) {
      v->room = v->room == 0 ? 8192 : v->room * 2;
      if (v->room > BODY_BYTES_MAX || (v->got = realloc(v->got, v->room)) == NULL) die("an answer without an end");
    }
    ssize_t got = recv(v->fd, v->got + v->bytes, v->room - v->bytes - 1, 0);
    if (got == 0 || (got < 0 && errno != EAGAIN)) return hang_up(v);
    if (got < 0) return;
    v->bytes += (size_t)got;
    v->got[v->bytes] = 0;
    char *end = strstr(v->got, "\r\n\r\n");
    if (end == NULL) continue;
    const char *length = strcasestr(v->got, "\r\ncontent-length:");
    if (length == NULL || length > end) die("an answer without a length");
    size_t head = (size_t)(end + 4 - v->got), body = strtoull(length + 17, NULL, 10);
    if (v->bytes < head + body) continue;
    v->bytes = 0;
    const char *encoding = strcasestr(v->got, "\r\ncontent-encoding: gzip");
    return answer(v, atoi(v->got + 9), encoding != NULL && encoding < end, v->got + head, body);
  }
}

static int quantile(const uint32_t *buckets, double share) {
  uint64_t all = 0, seen = 0;
  for (int i = 0; i < AGE_BUCKETS; i++) all += buckets[i];
  for (int i = 0; i < AGE_BUCKETS; i++) {
    seen += buckets[i];
    if (all > 0 && (double)seen >= share * (double)all) return i;
  }
  return -1;
}

int main(int argc, char **argv) {
  if (argc != 5) return fprintf(stderr, "feed PORT SCOPE VIEWERS SECONDS\n"), 2;
  port = atoi(argv[1]);
  scope = argv[2];
  count = atoi(argv[3]);
  if (count < 1 || count > VIEWERS_MAX) return fprintf(stderr, "1 to %d viewers\n", VIEWERS_MAX), 2;
  queue_fd = epoll_create1(0);
  double began = clock_ms(), ends = began + (RAMP_S + atof(argv[4])) * 1e3;
  int came = 0;
  uint64_t turn = 0; /* viewers whose reading has been begun, one after the other, so that each has one a second */
  struct epoll_event events[EVENTS_MAX];
  for (double now = began; now < ends; now = clock_ms()) {
    counting = now >= began + RAMP_S * 1e3;
    for (; came < count && (now - began) * count >= came * (RAMP_S - 2) * 1e3; came++) call_up(&viewers[came]);
    for (; (double)turn <= (now - began) / 1e3 * count; turn++) {
      struct viewer *v = &viewers[turn % (uint64_t)count];
      if (!v->connected) continue;
      if (v->waits) {
        if (counting) late++;
        continue;
      }
      v->next = -1;
      ask(v);
    }
    int n = epoll_wait(queue_fd, events, EVENTS_MAX, 1);
    for (int i = 0; i < n; i++) {
      struct viewer *v = events[i].data.ptr;
      if (events[i].events & (EPOLLERR | EPOLLHUP)) hang_up(v);
      else if (!v->connected) {
        v->connected = true;
        watch(v, EPOLLIN, EPOLL_CTL_MOD);
      } else take(v);
    }
  }
  printf("{\"readings\":%" PRIu64 ",\"late\":%" PRIu64 ",\"level\":%" PRIu64 ",\"steps\":%" PRIu64 ",\"snapshots\":%" PRIu64
         ",\"packed\":%" PRIu64 ",\"missing\":%" PRIu64 ",\"wrong\":%" PRIu64 ",\"broken\":%" PRIu64 ",\"bytes\":%" PRIu64
         ",\"ageP50\":%d,\"ageP99\":%d,\"waitP50\":%d,\"waitP99\":%d}\n",
         readings, late, levels, legs_read - snapshots, snapshots, packed_legs, missing, wrong, broken, received, quantile(ages, 0.5),
         quantile(ages, 0.99), quantile(waits, 0.5), quantile(waits, 0.99));
  return 0;
}
