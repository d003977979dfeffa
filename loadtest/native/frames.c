#include "client.h"

#include <endian.h>
#include <string.h>
#include <sys/socket.h>

enum { CONTINUATION = 0, TEXT = 1, BINARY = 2, CLOSE = 8, PING = 9, PONG = 10 };

/* A masked frame; the mask is zero, which is allowed and costs nothing. */
bool frame_send(struct sock *s, int opcode, const char *text, size_t bytes) {
  uint8_t frame[TEXT_BYTES_MAX + 8];
  if (bytes > TEXT_BYTES_MAX) return false;
  size_t head = 2;
  frame[0] = (uint8_t)(0x80 | opcode);
  if (bytes < 126) {
    frame[1] = (uint8_t)(0x80 | bytes);
  } else {
    frame[1] = 0x80 | 126;
    frame[2] = (uint8_t)(bytes >> 8);
    frame[3] = (uint8_t)bytes;
    head = 4;
  }
  memset(frame + head, 0, 4);
  head += 4;
  memcpy(frame + head, text, bytes);
  return send(s->fd, frame, head + bytes, MSG_NOSIGNAL) == (ssize_t)(head + bytes);
}

static bool control(struct client *c, struct sock *s, int opcode, const uint8_t *payload, size_t bytes) {
  if (opcode == PING) return frame_send(s, PONG, (const char *)payload, bytes);
  if (opcode == PONG) return true;
  unsigned code = bytes >= 2 ? (unsigned)payload[0] << 8 | payload[1] : 1005;
  if (code < CLOSE_CODES) c->tally.codes[code]++;
  return false;
}

static bool text(struct client *c, struct sock *s, const char *message, size_t bytes) {
  if (!c->options.dialect.lines) return dialect_message(c, s, message, bytes);
  while (bytes > 0) {
    const char *end = memchr(message, '\n', bytes);
    size_t line = end == NULL ? bytes : (size_t)(end - message);
    if (line > 0 && !dialect_message(c, s, message, line)) return false;
    size_t taken = end == NULL ? line : line + 1;
    message += taken;
    bytes -= taken;
  }
  return true;
}

/* A fragmented message counts as one, at its last fragment; its text is not looked at. */
static bool data(struct client *c, struct sock *s, bool last, int opcode, const char *payload, size_t bytes) {
  if (opcode == CONTINUATION || !last) {
    s->in_fragments = !last;
    if (last) c->tally.others++;
    return true;
  }
  if (opcode != BINARY || !c->options.dialect.binary) return text(c, s, payload, bytes);
  dialect_packed(c, s, payload, bytes);
  return true;
}

/* @returns the bytes of complete frames handled, or -1 when the peer closed or broke the protocol. */
static long handle(struct client *c, struct sock *s, const uint8_t *bytes, size_t count) {
  size_t at = 0;
  while (count - at >= 2) {
    const uint8_t *f = bytes + at;
    size_t head = 2;
    uint64_t length = f[1] & 0x7f;
    if ((f[1] & 0x80) != 0) return -1;
    if (length == 126) {
      if (count - at < 4) break;
      length = (uint64_t)f[2] << 8 | f[3];
      head = 4;
    } else if (length == 127) {
      if (count - at < 10) break;
      uint64_t wide;
      memcpy(&wide, f + 2, 8);
      length = be64toh(wide);
      head = 10;
    }
    if (length > HELD_BYTES_MAX) return -1;
    if (count - at < head + length) break;
    int opcode = f[0] & 0x0f;
    bool fine = opcode >= CLOSE ? control(c, s, opcode, f + head, length)
                                : data(c, s, (f[0] & 0x80) != 0, opcode, (const char *)f + head, length);
    if (!fine) return -1;
    at += head + length;
  }
  return (long)at;
}

bool frames_take(struct client *c, struct sock *s, const uint8_t *bytes, size_t count) {
  if (s->held_bytes == 0) {
    long used = handle(c, s, bytes, count);
    if (used < 0) return false;
    return (size_t)used == count || held_add(s, bytes + used, count - (size_t)used);
  }
  if (count > 0 && !held_add(s, bytes, count)) return false;
  long used = handle(c, s, s->held, s->held_bytes);
  if (used < 0) return false;
  if ((uint32_t)used == s->held_bytes) held_drop(s);
  else held_keep_from(s, (size_t)used);
  return true;
}
