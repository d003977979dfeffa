#include "client.h"

#include <stdlib.h>
#include <string.h>

/* The beginning of something whose end has not come yet. Bounded by HELD_BYTES_MAX. */
bool held_add(struct sock *s, const uint8_t *bytes, size_t count) {
  size_t need = s->held_bytes + count;
  if (need > HELD_BYTES_MAX) return false;
  if (need > s->held_room) {
    size_t room = need < 512 ? 512 : need * 2;
    uint8_t *grown = realloc(s->held, room);
    if (grown == NULL) return false;
    s->held = grown;
    s->held_room = (uint32_t)room;
  }
  memcpy(s->held + s->held_bytes, bytes, count);
  s->held_bytes = (uint32_t)need;
  return true;
}

void held_keep_from(struct sock *s, size_t offset) {
  s->held_bytes -= (uint32_t)offset;
  memmove(s->held, s->held + offset, s->held_bytes);
}

void held_drop(struct sock *s) {
  free(s->held);
  s->held = NULL;
  s->held_bytes = s->held_room = 0;
}
