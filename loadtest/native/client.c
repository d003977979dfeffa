#include "client.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

/*
 * Commands on stdin, one a line; answers on stdout, one JSON object a line.
 *   open            open all sockets and subscribe       → {"event":"open", "ms", "ready", …}
 *   storm           cut all at once, open all again      → {"event":"storm", "ms", …}, ms from the first cut
 *   mark            counters since the last mark         → {"event":"mark", "ns", "deliveries", "latency":[[µs,n],…], …}
 *   stall PERCENT   so many sockets stop reading; 0: all read
 *   nap MICROSECONDS  pause between two laps over the sockets; 0: none
 *   stay            whoever is lost from now on is opened again at once
 *   latency on|off  take the time of every delivery (off to begin with)
 *   quit, or the end of stdin
 */

enum { EVENTS_MAX = 1024, LIFE_SECONDS_MAX = 900 };

static struct epoll_event events[EVENTS_MAX];
static const char *opening; /* the event that is answered when all sockets are ready, or NULL */
static uint64_t opening_ns;

static void start_opening(struct client *c, const char *event) {
  opening = event;
  opening_ns = monotonic_ns();
  if (strcmp(event, "storm") == 0) sockets_close_all(c);
  sockets_queue_all(c);
}

static bool command(struct client *c, const char *line) {
  if (strcmp(line, "open") == 0) start_opening(c, "open");
  else if (strcmp(line, "storm") == 0) start_opening(c, "storm");
  else if (strcmp(line, "mark") == 0) tally_print_mark(c);
  else if (strncmp(line, "stall ", 6) == 0) sockets_stall(c, atoi(line + 6));
  else if (strncmp(line, "nap ", 4) == 0) c->options.nap_us = atoi(line + 4);
  else if (strcmp(line, "stay") == 0) c->stay = true;
  else if (strcmp(line, "latency on") == 0) c->options.latency = true;
  else if (strcmp(line, "latency off") == 0) c->options.latency = false;
  else if (strcmp(line, "quit") == 0) return false;
  else fprintf(stderr, "client: unknown command '%s'\n", line);
  return true;
}

static bool read_commands(struct client *c) {
  static char pending[256];
  static size_t used;
  ssize_t got = read(STDIN_FILENO, pending + used, sizeof pending - 1 - used);
  if (got < 0) return errno == EAGAIN || errno == EINTR;
  if (got == 0) return false;
  used += (size_t)got;
  pending[used] = 0;
  char *line = pending, *end;
  while ((end = strchr(line, '\n')) != NULL) {
    *end = 0;
    if (!command(c, line)) return false;
    line = end + 1;
  }
  used -= (size_t)(line - pending);
  memmove(pending, line, used);
  return used < sizeof pending - 1;
}

static void pump_opening(struct client *c) {
  sockets_pump(c);
  bool all = c->ready + c->gave_up >= c->options.sockets;
  bool late = monotonic_ns() - opening_ns > (uint64_t)c->options.open_ms_max * 1000000u;
  if (!all && !late) return;
  tally_print_open(c, opening, opening_ns);
  opening = NULL;
}

/* A lap ends when every socket may have had its turn, or when nothing waits. */
static void rest(struct client *c, int count) {
  static int handled;
  handled += count;
  if (count == 0 || (count == EVENTS_MAX && handled < c->ready)) return;
  handled = 0;
  usleep((useconds_t)c->options.nap_us);
}

static bool sweep(struct client *c) {
  int count = epoll_wait(c->epoll, events, EVENTS_MAX, opening != NULL ? 5 : 200);
  for (int i = 0; i < count; i++) {
    struct sock *s = events[i].data.ptr;
    if (s != NULL) sockets_event(c, s, events[i].events);
    else if (!read_commands(c)) return false;
  }
  if (opening != NULL) pump_opening(c);
  else if (c->waiting_count > 0) sockets_pump(c);
  else if (c->options.nap_us > 0) rest(c, count);
  return true;
}

int main(int argc, char **argv) {
  static struct client client;
  client.options = read_options(argc, argv);
  struct rlimit files;
  if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    if (files.rlim_max < (rlim_t)client.options.sockets + 16) {
      fprintf(stderr, "client: RLIMIT_NOFILE allows %lu files, %d sockets do not fit; use more processes\n",
              (unsigned long)files.rlim_max, client.options.sockets);
      return 2;
    }
  }
  alarm(LIFE_SECONDS_MAX);
  client.epoll = epoll_create1(EPOLL_CLOEXEC);
  fcntl(STDIN_FILENO, F_SETFL, fcntl(STDIN_FILENO, F_GETFL) | O_NONBLOCK);
  struct epoll_event input = {.events = EPOLLIN, .data.ptr = NULL};
  if (client.epoll < 0 || epoll_ctl(client.epoll, EPOLL_CTL_ADD, STDIN_FILENO, &input) != 0) {
    perror("client: epoll");
    return 1;
  }
  sockets_prepare(&client);
  while (sweep(&client)) continue;
  return 0;
}
