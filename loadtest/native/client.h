#ifndef JITASA_CLIENT_H
#define JITASA_CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The load client of the bench: thousands of WebSockets on one thread. client.c has the commands it takes. */

enum { STEPS_MAX = 8, HEADERS_MAX = 4, TEXT_BYTES_MAX = 1024, SOURCES_MAX = 64 };
enum { READ_BYTES = 1 << 18, HELD_BYTES_MAX = 16 << 20, SCAN_BYTES = 256 };
enum { CLOSE_CODES = 5000 };
/* Who is refused comes back later, and so do those behind it: as clients that were told to wait. */
enum { REFUSED_PAUSE_MS = 20 };
/* Messages remembered (seen.c): a client that naps finds the same two or three on every socket. */
enum { SEEN = 16, SEEN_BYTES_MAX = 1 << 16 };

/* What a dialect says, given on the command line (options.c). `%sub%` in a text stands for `sub` or, once the socket
 * holds a position, for `resub`; in those `%at%` is the position and `%epoch%` the epoch of the hub's hello. */
struct dialect {
  const char *path;
  const char *headers[HEADERS_MAX];
  int header_count;
  const char *greet; /* sent at once after the upgrade, or NULL */
  struct {
    const char *expect; /* prefix of the message waited for */
    const char *send;
  } steps[STEPS_MAX];
  int step_count;
  const char *sub;
  const char *resub;
  const char *ready;    /* prefix of the message that says: subscribed */
  const char *delivery; /* prefix of the messages that count */
  const char *ping;     /* a whole message to be answered, or NULL */
  const char *pong;
  bool binary; /* binary frames are deltas too, packed; they are counted and not read */
  bool lines;  /* one frame may carry several messages, one a line */
};

struct options {
  struct dialect dialect;
  uint16_t port;
  int sockets;
  int sources;   /* loopback addresses 127.0.0.2 … to connect from */
  int in_flight; /* handshakes under way at once: below every server's listen backlog */
  int nap_us;    /* pause between two laps over the sockets, so that a write does not wake the client; 0: block */
  bool latency;  /* take the time of every delivery: a look at the clock each */
  int open_ms_max;
};

enum phase { CLOSED, CONNECTING, UPGRADING, SPEAKING, READY };

struct sock {
  int fd;
  uint8_t phase;
  uint8_t step;
  bool stalled;
  bool in_fragments;
  uint32_t deliveries; /* since the last mark */
  uint64_t position;   /* `to` of the last delta; of packed ones the serial, see struct seen */
  uint8_t *held;       /* the beginning of a frame whose end has not come */
  uint32_t held_bytes, held_room;
};

/* A delivery as it was when it was first seen. All sockets get the same bytes, so that it is parsed once for all. */
struct seen {
  char *text;
  size_t bytes;
  uint64_t serial; /* 1, 2, … in the order of first sight: what orders messages that are not read */
  bool has_positions, has_time;
  uint64_t from, to;
  double at_ms;
};

/* Counters since the last mark. */
struct tally {
  uint64_t deliveries, bytes, others, gaps, stale, snapshots, closed, refused;
  uint32_t codes[CLOSE_CODES];
};

struct client {
  struct options options;
  struct sock *socks;
  int epoll;
  int ready, in_flight;
  int *waiting; /* ring of sockets to be opened */
  int waiting_head, waiting_count;
  int gave_up, refusals_left;
  bool stay; /* a socket that was served and is lost is opened again at once */
  uint64_t pump_after_ns; /* no socket is opened before: one was refused */
  char epoch[64];
  struct tally tally;
};

/* options.c */
struct options read_options(int argc, char **argv);

/* sockets.c */
void sockets_prepare(struct client *c);
void sockets_queue_all(struct client *c);
void sockets_pump(struct client *c);
void sockets_event(struct client *c, struct sock *s, uint32_t events);
void sockets_close_all(struct client *c);
void socket_lost(struct client *c, struct sock *s);
void sockets_stall(struct client *c, int percent);

/* held.c */
bool held_add(struct sock *s, const uint8_t *bytes, size_t count);
void held_keep_from(struct sock *s, size_t offset);
void held_drop(struct sock *s);

/* frames.c: both return false when the peer broke the protocol or closed */
bool frames_take(struct client *c, struct sock *s, const uint8_t *bytes, size_t count);
bool frame_send(struct sock *s, int opcode, const char *text, size_t bytes);

/* seen.c: both return NULL when it is unknown, or too large to be kept */
const struct seen *seen_find(const char *text, size_t bytes);
struct seen *seen_add(const char *text, size_t bytes);

/* dialect.c */
bool dialect_open(struct client *c, struct sock *s);
void dialect_packed(struct client *c, struct sock *s, const char *payload, size_t bytes);
bool dialect_message(struct client *c, struct sock *s, const char *text, size_t bytes);

/* tally.c */
uint64_t monotonic_ns(void);
void tally_latency(double at_ms);
void tally_print_mark(struct client *c);
void tally_print_open(struct client *c, const char *event, uint64_t began_ns);

#endif
