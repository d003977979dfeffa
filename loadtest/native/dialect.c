#define _GNU_SOURCE
#include "client.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT = 1 };

static bool begins(const char *text, size_t bytes, const char *prefix) {
  size_t n = strlen(prefix);
  return bytes >= n && memcmp(text, prefix, n) == 0;
}

/* Writes `template` with `name` replaced by `value` once. @returns the bytes written, or TEXT_BYTES_MAX + 1. */
static size_t fill(char *out, const char *template, const char *name, const char *value) {
  const char *found = strstr(template, name);
  int n = found == NULL ? snprintf(out, TEXT_BYTES_MAX, "%s", template)
                        : snprintf(out, TEXT_BYTES_MAX, "%.*s%s%s", (int)(found - template), template, value,
                                   found + strlen(name));
  return n < 0 || n >= TEXT_BYTES_MAX ? TEXT_BYTES_MAX + 1 : (size_t)n;
}

static bool say(struct client *c, struct sock *s, const char *template) {
  struct dialect *d = &c->options.dialect;
  char position[24], with_position[TEXT_BYTES_MAX], with_epoch[TEXT_BYTES_MAX], out[TEXT_BYTES_MAX];
  const char *sub = s->position > 0 && d->resub != NULL ? d->resub : d->sub;
  snprintf(position, sizeof position, "%" PRIu64, s->position);
  if (fill(with_position, sub == NULL ? "" : sub, "%at%", position) > TEXT_BYTES_MAX) return false;
  if (fill(with_epoch, with_position, "%epoch%", c->epoch) > TEXT_BYTES_MAX) return false;
  size_t bytes = fill(out, template, "%sub%", with_epoch);
  return bytes <= TEXT_BYTES_MAX && frame_send(s, TEXT, out, bytes);
}

bool dialect_open(struct client *c, struct sock *s) {
  const char *greet = c->options.dialect.greet;
  return greet == NULL || say(c, s, greet);
}

static const char *after(const char *text, size_t bytes, const char *key) {
  size_t look = bytes < SCAN_BYTES ? bytes : SCAN_BYTES;
  const char *found = memmem(text, look, key, strlen(key));
  return found == NULL ? NULL : found + strlen(key);
}

/* Decimal digits up to the first other character; frames are not NUL-terminated, so no strtoull. */
static uint64_t whole(const char *digits, const char *end) {
  uint64_t value = 0;
  while (digits < end && *digits >= '0' && *digits <= '9') value = value * 10 + (uint64_t)(*digits++ - '0');
  return value;
}

static double decimal(const char *digits, const char *end) {
  char copy[32];
  size_t n = 0;
  while (digits < end && n + 1 < sizeof copy && ((*digits >= '0' && *digits <= '9') || *digits == '.'))
    copy[n++] = *digits++;
  copy[n] = 0;
  return strtod(copy, NULL);
}

static void learn_epoch(struct client *c, const char *text, size_t bytes) {
  const char *epoch = after(text, bytes, "\"e\":\"");
  if (epoch == NULL) return;
  size_t n = 0;
  while (epoch + n < text + bytes && epoch[n] != '"' && n + 1 < sizeof c->epoch) n++;
  memcpy(c->epoch, epoch, n);
  c->epoch[n] = 0;
}

/* What a delta says in its head. */
static struct seen parse(const char *text, size_t bytes) {
  const char *from = after(text, bytes, "\"from\":");
  const char *to = after(text, bytes, "\"to\":");
  const char *at = after(text, bytes, "\"at\":");
  const char *end = text + bytes;
  struct seen seen = {.has_positions = from != NULL && to != NULL, .has_time = at != NULL};
  if (seen.has_positions) {
    seen.from = whole(from, end);
    seen.to = whole(to, end);
  }
  if (seen.has_time) seen.at_ms = decimal(at, end);
  return seen;
}

/* A delta carries where it begins, where it ends and when its newest commit was made: nothing may lie between. */
static void follow(struct client *c, struct sock *s, const struct seen *seen) {
  if (seen->has_positions) {
    if (seen->from == 0) c->tally.snapshots++;
    else if (s->position > 0 && seen->from > s->position) c->tally.gaps++;
    if (seen->to < s->position) c->tally.stale++;
    else s->position = seen->to;
  }
  if (seen->has_time && s->phase == READY && c->options.latency) tally_latency(seen->at_ms);
}

static void count(struct client *c, struct sock *s, size_t bytes) {
  c->tally.deliveries++;
  c->tally.bytes += bytes;
  s->deliveries++;
}

static void delivered(struct client *c, struct sock *s, const char *text, size_t bytes, const struct seen *known) {
  count(c, s, bytes);
  if (known != NULL) {
    follow(c, s, known);
    return;
  }
  struct seen parsed = parse(text, bytes), *kept = seen_add(text, bytes);
  if (kept != NULL) {
    kept->has_positions = parsed.has_positions;
    kept->has_time = parsed.has_time;
    kept->from = parsed.from;
    kept->to = parsed.to;
    kept->at_ms = parsed.at_ms;
  }
  follow(c, s, &parsed);
}

static void make_ready(struct client *c, struct sock *s) {
  s->phase = READY;
  c->in_flight--;
  c->ready++;
}

/* A packed message is not read: it must be the one after the last that this socket had, in the order of first sight. */
void dialect_packed(struct client *c, struct sock *s, const char *payload, size_t bytes) {
  const struct seen *seen = seen_find(payload, bytes);
  if (seen == NULL) seen = seen_add(payload, bytes);
  uint64_t serial = seen == NULL ? 0 : seen->serial;
  if (s->deliveries > 0 && serial > s->position + 1) c->tally.gaps++;
  if (serial < s->position) c->tally.stale++;
  else s->position = serial;
  count(c, s, bytes);
  if (s->phase == SPEAKING && s->step == c->options.dialect.step_count) make_ready(c, s);
}

bool dialect_message(struct client *c, struct sock *s, const char *text, size_t bytes) {
  struct dialect *d = &c->options.dialect;
  if (s->phase == READY) {
    const struct seen *known = seen_find(text, bytes);
    if (known != NULL || begins(text, bytes, d->delivery)) {
      delivered(c, s, text, bytes, known);
      return true;
    }
  }
  if (d->ping != NULL && bytes == strlen(d->ping) && memcmp(text, d->ping, bytes) == 0)
    return frame_send(s, TEXT, d->pong, strlen(d->pong));
  if (c->epoch[0] == 0) learn_epoch(c, text, bytes);
  if (s->phase == SPEAKING && s->step < d->step_count) {
    if (begins(text, bytes, d->steps[s->step].expect)) return say(c, s, d->steps[s->step++].send);
  } else if (s->phase == SPEAKING && begins(text, bytes, d->ready)) {
    if (begins(text, bytes, d->delivery)) delivered(c, s, text, bytes, NULL);
    make_ready(c, s);
    return true;
  }
  c->tally.others++;
  return true;
}
