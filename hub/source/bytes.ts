import { joinLsn } from './lsn.ts'

/** What PostgreSQL sent does not follow the protocol. Nothing of the stream can be trusted after it. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError'
}

/** PostgreSQL counts microseconds from 2000-01-01. */
const POSTGRES_EPOCH_MS = 946_684_800_000

/** Reads one message front to back. Every read checks that the bytes are there, so no input reads past the end or for ever. */
export class ByteReader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  uint8(): number {
    const at = this.#take(1)
    return this.#bytes[at] ?? 0
  }

  uint16(): number {
    return this.#bytes.readUInt16BE(this.#take(2))
  }

  uint32(): number {
    return this.#bytes.readUInt32BE(this.#take(4))
  }

  lsn(): number {
    const at = this.#take(8)
    try {
      return joinLsn(this.#bytes.readUInt32BE(at), this.#bytes.readUInt32BE(at + 4))
    } catch (error) {
      throw new ProtocolError('an LSN is out of range', { cause: error })
    }
  }

  /** @returns ms since 1970, to the microsecond */
  time(): number {
    const at = this.#take(8)
    const micros = this.#bytes.readInt32BE(at) * 0x1_0000_0000 + this.#bytes.readUInt32BE(at + 4)
    return POSTGRES_EPOCH_MS + micros / 1000
  }

  /** Text up to its terminating zero byte. */
  cstring(): string {
    const end = this.#bytes.indexOf(0, this.#at)
    if (end < 0) throw new ProtocolError('a text has no end')
    const text = this.#bytes.toString('utf8', this.#at, end)
    this.#at = end + 1
    return text
  }

  text(length: number): string {
    const at = this.#take(length)
    return this.#bytes.toString('utf8', at, at + length)
  }

  bytes(length: number): Buffer {
    const at = this.#take(length)
    return this.#bytes.subarray(at, at + length)
  }

  rest(): Buffer {
    return this.#bytes.subarray(this.#at)
  }

  /** @throws ProtocolError when bytes are left over */
  end(): void {
    const left = this.#bytes.length - this.#at
    if (left !== 0) throw new ProtocolError(`${left} bytes too many`)
  }

  #take(length: number): number {
    const at = this.#at
    if (at + length > this.#bytes.length) {
      throw new ProtocolError(`${at + length - this.#bytes.length} bytes too few`)
    }
    this.#at = at + length
    return at
  }
}
