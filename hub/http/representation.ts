import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { TypedResponse } from 'hono'
import { BytesResponse } from './bytes-response.ts'
import type { HubContext } from './env.ts'

export type Bytes = Uint8Array<ArrayBuffer>
export type Encoding = 'br' | 'gzip' | 'identity'

/** What stands at an address, ready to be sent: bytes by encoding, and the tag that changes when they do. */
export type Representation = {
  readonly type: string
  /** without quotes and encoding */
  readonly tag: string
  readonly encodings: { readonly identity: Bytes; readonly br?: Bytes; readonly gzip?: Bytes }
}

/** Below this, compression saves less than a packet. */
const COMPRESS_BYTES_MIN = 1024
/** Level 1 halves the time of the default 6 and costs a tenth more bytes, for bodies that live for one position. */
const GZIP_LEVEL = 1
const compress = promisify(gzip)

export function tagOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64url').slice(0, 22)
}

/** A JSON body, compressed once for all who will ask for it. @param tag of its own; otherwise the hash of the bytes */
export async function jsonRepresentation(value: unknown, tag?: string): Promise<Representation> {
  return textRepresentation('application/json', JSON.stringify(value), tag)
}

export async function textRepresentation(type: string, text: string, tag?: string): Promise<Representation> {
  const identity = new TextEncoder().encode(text)
  const zipped =
    identity.length < COMPRESS_BYTES_MIN ? undefined : new Uint8Array(await compress(identity, { level: GZIP_LEVEL }))
  return { type, tag: tag ?? tagOf(identity), encodings: { identity, ...(zipped && { gzip: zipped }) } }
}

/** @returns the encodings the client takes, best first by its weights and then by size (RFC 9110, 12.5.3). */
export function acceptedEncodings(header: string | undefined): readonly Encoding[] {
  if (header === undefined) return ['identity']
  const weights = new Map<string, number>()
  for (const entry of header.split(',')) {
    const [name = '', ...parameters] = entry
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/)
    const quality = parameters.find((parameter) => parameter.startsWith('q='))
    const weight = quality === undefined ? 1 : Number(quality.slice(2))
    weights.set(name === 'x-gzip' ? 'gzip' : name, Number.isFinite(weight) ? weight : 0)
  }
  const weightOf = (encoding: Encoding) =>
    weights.get(encoding) ?? weights.get('*') ?? (encoding === 'identity' ? 0.001 : 0)
  const known: readonly Encoding[] = ['br', 'gzip', 'identity']
  return known.filter((encoding) => weightOf(encoding) > 0).sort((a, b) => weightOf(b) - weightOf(a))
}

/** Whether If-None-Match names the tag (RFC 9110, 13.1.2: weak comparison). */
export function namesTag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  if (header.trim() === '*') return true
  return header.split(',').some((entry) => entry.trim().replace(/^W\//, '') === etag)
}

/** Answers GET and HEAD with the representation the client takes, or 304 when it has it. */
export function send(
  c: HubContext,
  { type, tag, encodings }: Representation,
  headers: Record<string, string>,
  status = 200,
): Response {
  const accepted = acceptedEncodings(c.req.header('accept-encoding'))
  const encoding = accepted.find((one) => encodings[one] !== undefined) ?? 'identity'
  const content = encodings[encoding] ?? encodings.identity
  const etag = encoding === 'identity' ? `"${tag}"` : `"${tag}.${encoding}"`
  const common: Record<string, string> = { ETag: etag, ...headers }
  if (encodings.br !== undefined || encodings.gzip !== undefined) common.Vary = 'Accept-Encoding'
  if (status === 200 && namesTag(c.req.header('if-none-match'), etag))
    return new Response(null, { status: 304, headers: common })
  common['Content-Type'] = type
  if (encoding !== 'identity') common['Content-Encoding'] = encoding
  return new BytesResponse(content, { status, headers: common })
}

/** `send`, with the type of the JSON that a route has promised. */
export function sendJson<T>(c: HubContext, representation: Representation, headers: Record<string, string>) {
  return send(c, representation, headers) as Response & TypedResponse<T, 200, 'json'>
}
