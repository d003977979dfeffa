/** A delta of the hub's protocol is at least this long, so that all its fields fit. */
export const DELTA_BYTES_MIN = 160

const MIDDLE = ']],"r":[],"x":["'
const TAIL = '"]}'

/**
 * The text of a delta of exactly `bytes` bytes (ASCII). Every variant sends the same; native/floor.c writes it too. What
 * cells do not fill is the key of a row that left: white space would be gone in a server that parses its messages.
 * @param from @param to positions: by them the client finds a message that was lost.
 * @param at ms since 1970 with decimals: the client's latency is its clock minus this.
 */
export function deltaText(bytes: number, from: number, to: number, at: number): string {
  if (bytes < DELTA_BYTES_MIN) throw new RangeError(`a delta has at least ${DELTA_BYTES_MIN} bytes, not ${bytes}`)
  const room = bytes - MIDDLE.length - TAIL.length
  let text = `{"t":"delta","s":"nation","from":${from},"to":${to},"sum":1234567890,"at":${at},"c":[["waiting.red"`
  for (let area = 10; area < 100; area++) {
    const cell = `,"${area}",${area * 97}`
    if (text.length + cell.length > room) break
    text += cell
  }
  return `${text}${MIDDLE}${'0'.repeat(room - text.length)}${TAIL}`
}
