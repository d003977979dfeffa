/**
 * A key for a command; the same key may be sent again without doing it twice. `crypto.randomUUID` makes the same, but
 * exists in secure contexts only: a hub on plain http would have pages that cannot send anything.
 * @returns a version 4 UUID
 */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
