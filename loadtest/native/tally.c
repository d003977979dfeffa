#include "client.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* Latency in µs, 32 buckets an octave: at most 3 % off. */
enum { SUB_BITS = 5, SUB = 1 << SUB_BITS, BUCKETS = 40 * SUB };
static uint32_t histogram[BUCKETS];

uint64_t monotonic_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static unsigned bucket_of(uint64_t us) {
  if (us < SUB) return (unsigned)us;
  unsigned octave = 63u - (unsigned)__builtin_clzll(us) - SUB_BITS;
  unsigned bucket = (octave + 1) * SUB + (unsigned)((us >> octave) - SUB);
  return bucket < BUCKETS ? bucket : BUCKETS - 1;
}

/* The largest value of a bucket. */
static uint64_t bucket_top(unsigned bucket) {
  if (bucket < SUB) return bucket;
  unsigned octave = bucket / SUB - 1;
  return (((uint64_t)(bucket % SUB) + SUB + 1) << octave) - 1;
}

void tally_latency(double at_ms) {
  struct timespec t;
  clock_gettime(CLOCK_REALTIME, &t);
  double us = ((double)t.tv_sec * 1000.0 - at_ms) * 1000.0 + (double)t.tv_nsec / 1000.0;
  histogram[bucket_of(us > 0 ? (uint64_t)us : 0)]++;
}

static void print_codes(const uint32_t *codes) {
  const char *comma = "";
  printf("\"codes\":{");
  for (int i = 0; i < CLOSE_CODES; i++) {
    if (codes[i] == 0) continue;
    printf("%s\"%d\":%u", comma, i, codes[i]);
    comma = ",";
  }
  printf("}");
}

static void print_histogram(void) {
  const char *comma = "";
  printf("\"latency\":[");
  for (unsigned i = 0; i < BUCKETS; i++) {
    if (histogram[i] == 0) continue;
    printf("%s[%" PRIu64 ",%u]", comma, bucket_top(i), histogram[i]);
    comma = ",";
  }
  printf("]");
}

static void print_tally(struct client *c) {
  struct tally *t = &c->tally;
  uint32_t min = UINT32_MAX, max = 0;
  uint64_t behind = UINT64_MAX, ahead = 0;
  for (int i = 0; i < c->options.sockets; i++) {
    struct sock *s = &c->socks[i];
    if (s->phase != READY || s->stalled) continue;
    if (s->deliveries < min) min = s->deliveries;
    if (s->deliveries > max) max = s->deliveries;
    if (s->position < behind) behind = s->position;
    if (s->position > ahead) ahead = s->position;
  }
  printf("\"ready\":%d,\"deliveries\":%" PRIu64 ",\"bytes\":%" PRIu64 ",\"others\":%" PRIu64 ",\"gaps\":%" PRIu64
         ",\"stale\":%" PRIu64 ",\"snapshots\":%" PRIu64 ",\"closed\":%" PRIu64 ",\"refused\":%" PRIu64
         ",\"perSocketMin\":%u,\"perSocketMax\":%u,\"positionMin\":%" PRIu64 ",\"positionMax\":%" PRIu64 ",",
         c->ready, t->deliveries, t->bytes, t->others, t->gaps, t->stale, t->snapshots, t->closed, t->refused,
         c->ready == 0 || min == UINT32_MAX ? 0 : min, max, behind == UINT64_MAX ? 0 : behind, ahead);
  print_codes(t->codes);
}

static void reset(struct client *c) {
  memset(&c->tally, 0, sizeof c->tally);
  memset(histogram, 0, sizeof histogram);
  for (int i = 0; i < c->options.sockets; i++) c->socks[i].deliveries = 0;
}

void tally_print_mark(struct client *c) {
  uint64_t now = monotonic_ns();
  printf("{\"event\":\"mark\",\"ns\":%" PRIu64 ",", now);
  print_tally(c);
  printf(",");
  print_histogram();
  printf("}\n");
  fflush(stdout);
  reset(c);
}

void tally_print_open(struct client *c, const char *event, uint64_t began_ns) {
  double ms = (double)(monotonic_ns() - began_ns) / 1e6;
  printf("{\"event\":\"%s\",\"ms\":%.1f,\"gaveUp\":%d,", event, ms, c->gave_up);
  print_tally(c);
  printf("}\n");
  fflush(stdout);
  reset(c);
}
