const LSN = /^([0-9A-F]{1,8})\/([0-9A-F]{1,8})$/i
const WORD = 0x1_0000_0000

/**
 * @param text a log sequence number as PostgreSQL prints it, `16/B374D848`
 * @returns the same as bytes since the cluster began
 * @throws RangeError when it is not an LSN, or lies beyond 8 PiB, where a double is no longer exact
 */
export function parseLsn(text: string): number {
  const match = LSN.exec(text)
  if (!match) throw new RangeError(`not a log sequence number: ${JSON.stringify(text.slice(0, 40))}`)
  return joinLsn(Number.parseInt(match[1] ?? '', 16), Number.parseInt(match[2] ?? '', 16))
}

/** @throws RangeError when `position` is not a whole number of bytes that a double holds exactly */
export function formatLsn(position: number): string {
  const [high, low] = splitLsn(position)
  return `${high.toString(16).toUpperCase()}/${low.toString(16).toUpperCase()}`
}

/** Two unsigned 32-bit words to one number; without BigInt, because it runs once per message. */
export function joinLsn(high: number, low: number): number {
  const position = high * WORD + low
  if (position > Number.MAX_SAFE_INTEGER) throw new RangeError('a log sequence number beyond 8 PiB is not supported')
  return position
}

export function splitLsn(position: number): readonly [high: number, low: number] {
  if (!Number.isSafeInteger(position) || position < 0) throw new RangeError(`not a position in the WAL: ${position}`)
  return [Math.floor(position / WORD), position % WORD]
}
