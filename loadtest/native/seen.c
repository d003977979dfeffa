#include "client.h"

#include <stdlib.h>
#include <string.h>

static struct seen ring[SEEN];
static unsigned oldest, expected;
static uint64_t serials;

/* Looks first at the message after the one found last: sockets get them in the same order. */
const struct seen *seen_find(const char *text, size_t bytes) {
  for (unsigned i = 0; i < SEEN; i++) {
    unsigned slot = (expected + i) % SEEN;
    if (ring[slot].bytes != bytes || ring[slot].text == NULL || memcmp(ring[slot].text, text, bytes) != 0) continue;
    expected = slot + 1;
    return &ring[slot];
  }
  return NULL;
}

struct seen *seen_add(const char *text, size_t bytes) {
  if (bytes > SEEN_BYTES_MAX) return NULL;
  struct seen *slot = &ring[oldest];
  char *room = realloc(slot->text, bytes);
  if (room == NULL) return NULL;
  memcpy(room, text, bytes);
  *slot = (struct seen){.text = room, .bytes = bytes, .serial = ++serials};
  oldest = expected = (oldest + 1) % SEEN;
  return slot;
}
