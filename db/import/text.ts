import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { FileProblem } from './problem.ts'

/** Bytes of the longest line. A row of daily counts has about 60; a file without line ends must not fill the memory. */
export const LINE_BYTES_MAX = 64 * 1024
const NEWLINE = 0x0a
const PROBE_BYTES = 4096

export type TextFile = {
  readonly bytes: number
  /** The file as UTF-8 text in blocks of whole lines. @throws FileProblem at the first line that cannot be read. */
  read(onBytes?: (bytesRead: number) => void): AsyncGenerator<string>
}

const STAT_WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist',
  EACCES: 'may not be read by this user',
}

/** @param path of a file, or `-` for what is piped in. @throws FileProblem when there is nothing to read */
export async function openText(path: string): Promise<TextFile> {
  if (path === '-') return { bytes: 0, read: (onBytes) => wholeLines(process.stdin, onBytes) }
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new FileProblem(undefined, STAT_WORDS[error.code ?? ''] ?? error.message)
  })
  if (found.isDirectory()) throw new FileProblem(undefined, 'is a directory; name one CSV file')
  if (found.isFile() && found.size === 0) throw new FileProblem(undefined, 'is empty')
  return { bytes: found.size, read: (onBytes) => wholeLines(createReadStream(path), onBytes) }
}

/** Cuts a stream of bytes into blocks of whole lines and decodes them; holds LINE_BYTES_MAX and one chunk at most. */
export async function* wholeLines(
  chunks: AsyncIterable<Buffer>,
  onBytes?: (bytesRead: number) => void,
): AsyncGenerator<string> {
  let unfinished: Buffer = Buffer.alloc(0)
  let line = 1
  let bytesRead = 0
  try {
    for await (const chunk of chunks) {
      const fresh = bytesRead === 0 ? withoutBom(chunk) : chunk
      bytesRead += chunk.length
      onBytes?.(bytesRead)
      const end = fresh.lastIndexOf(NEWLINE) + 1
      const firstEnd = fresh.indexOf(NEWLINE)
      if (unfinished.length + (firstEnd < 0 ? fresh.length : firstEnd) > LINE_BYTES_MAX) throw tooLong(line)
      if (end === 0) {
        unfinished = Buffer.concat([unfinished, fresh])
        continue
      }
      const block = Buffer.concat([unfinished, fresh.subarray(0, end)])
      unfinished = Buffer.from(fresh.subarray(end))
      yield decode(block, line)
      line += countLines(block)
      if (unfinished.length > LINE_BYTES_MAX) throw tooLong(line)
    }
  } catch (error) {
    if (error instanceof FileProblem) throw error
    throw new FileProblem(line, `cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
  if (unfinished.length > 0) yield decode(unfinished, line)
}

function tooLong(line: number): FileProblem {
  return new FileProblem(line, `is longer than ${LINE_BYTES_MAX / 1024} KiB; a CSV file has one row per line`)
}

function countLines(block: Buffer): number {
  let lines = 0
  for (let at = block.indexOf(NEWLINE); at >= 0; at = block.indexOf(NEWLINE, at + 1)) lines++
  return lines
}

function withoutBom(chunk: Buffer): Buffer {
  const [a, b, c] = chunk
  const utf16 = 'is UTF-16, not UTF-8; convert it: iconv -f UTF-16 -t UTF-8'
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) throw new FileProblem(undefined, utf16)
  const probe = chunk.subarray(0, PROBE_BYTES)
  if (probe.includes(0)) {
    const zeros = probe.filter((byte) => byte === 0).length
    const looksUtf16 = zeros > probe.length / 4
    throw new FileProblem(undefined, looksUtf16 ? utf16 : 'is not text: it holds NUL bytes')
  }
  return a === 0xef && b === 0xbb && c === 0xbf ? chunk.subarray(3) : chunk
}

function decode(block: Buffer, firstLine: number): string {
  if (isUtf8(block)) return block.toString('utf8')
  let line = firstLine
  for (let start = 0; start < block.length; line++) {
    const newline = block.indexOf(NEWLINE, start)
    const end = newline < 0 ? block.length : newline
    const bytes = block.subarray(start, end)
    if (!isUtf8(bytes)) throw new FileProblem(line, notUtf8(bytes))
    start = end + 1
  }
  throw new FileProblem(firstLine, 'is not UTF-8')
}

/** TIS-620 and windows-874 put the Thai letters in 0xA1–0xFB; UTF-8 never leaves such bytes alone. */
function notUtf8(bytes: Buffer): string {
  const high = bytes.filter((byte) => byte >= 0x80)
  const thai = high.filter((byte) => byte >= 0xa1 && byte <= 0xfb).length
  return thai === high.length
    ? 'is not UTF-8; it looks like TIS-620 / windows-874: convert it: iconv -f WINDOWS-874 -t UTF-8'
    : 'is not UTF-8; save the file as UTF-8'
}

/**
 * A file as it is, of a kind that cannot be read piece by piece.
 * @param path of a file, or `-` for what is piped in
 * @throws FileProblem when there is nothing to read, or more than `bytesMax`
 */
export async function readBytes(path: string, bytesMax: number): Promise<Uint8Array> {
  const tooLarge = new FileProblem(undefined, `is larger than ${Math.floor(bytesMax / 1024 / 1024)} MB`)
  if (path !== '-') {
    const { bytes } = await openText(path)
    if (bytes > bytesMax) throw tooLarge
  }
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of path === '-' ? process.stdin : createReadStream(path)) {
    length += chunk.length
    if (length > bytesMax) throw tooLarge
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
