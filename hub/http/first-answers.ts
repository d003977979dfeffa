import { PassThrough, Readable, type Transform } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { constants, createBrotliCompress, createGzip } from 'node:zlib'
import { addressed, FIRST_ANSWERS_ID, snapshotPath } from '../contract/api/first-answers.ts'
import type { AnswerOf } from '../contract/api/routes.ts'
import { boardProvince, boardScopesOf } from '../contract/live/page-scopes.ts'
import { NATION } from '../contract/vocabulary/areas.ts'
import type { HubContext } from './env.ts'
import { acceptedEncodings, type Encoding, type Representation } from './representation.ts'

/** Asks the API as the reader of a page would. */
export type AskHere = (c: HubContext, path: string) => Promise<Response>
/** A page's document as one reader gets it. */
export type Fill = (c: HubContext, document: Representation) => Promise<Response>

/** Characters. What is longer is not written into a document, whose script would wait for it: the page fetches it beside that. */
const ANSWER_LENGTH_MAX = 256 * 1024
/** ms. A database that is away holds up what is asked of it, and not the page that says so. */
const ANSWERS_MS_MAX = 1_000
/** For one reader, once: of 11 levels the last leaves a seventh less, and takes a hundred times as long (0.5 s for 60 kB). */
const BROTLI_QUALITY = 5
const END = '</body>'
const WHO = '/api/session'

type Found = { readonly path: string; readonly text: string; readonly epoch: string | null }
type Get = (path: string) => Promise<Found | undefined>

/** Asks for what the board asks for as soon as it runs: the rows of its scopes, and the names that stand on it. */
async function askForBoard(get: Get, who: Found | undefined, asked: string | undefined): Promise<void> {
  if (who === undefined) return
  const session: AnswerOf<'GET /api/session'> = JSON.parse(who.text)
  if (!session.may.includes('board.read')) return
  const province = boardProvince(session.areas, asked)
  const paths = [
    ...boardScopesOf(session, province).map(snapshotPath),
    ...[NATION, province].map((parent) => addressed('/api/areas', { parent })),
    '/api/config',
  ]
  await Promise.all(paths.map(get))
}

const written = ({ path, text, epoch }: Found): string =>
  `{"path":${JSON.stringify(path)},"body":${text}${epoch === null ? '' : `,"epoch":${JSON.stringify(epoch)}`}}`

/**
 * The board's document with the answers of the API that it begins with (FIRST_ANSWERS_ID): on a thin line each question of
 * its own is a third of a second. They are asked of the same routes under the same rights; what is refused, or does not come
 * in time, is left out, and the page asks for it itself. What names the page's scripts goes out as soon as it is known who
 * asks, whose answer brings their new pass with it: connections for the scripts are made while the rest is asked for.
 * @param waitMs for all answers together
 */
export function boardDocument(ask: AskHere, waitMs = ANSWERS_MS_MAX): Fill {
  return async (c, document) => {
    const answers = new Map<string, Found | undefined>()
    const over = sleep(waitMs, undefined, { ref: false })
    let cookies: readonly string[] = []
    const get: Get = async (path) => {
      answers.set(path, undefined)
      const answer = await ask(c, path)
      if (path === WHO) cookies = answer.headers.getSetCookie()
      if (answer.status !== 200) return undefined
      const text = await answer.text()
      if (text.length > ANSWER_LENGTH_MAX) return undefined
      const found = { path, text, epoch: answer.headers.get('X-Situation-Epoch') }
      answers.set(path, found)
      return found
    }
    const who = await Promise.race([get(WHO), over])
    const all = Promise.race([askForBoard(get, who ?? undefined, c.req.query('province')), over]).then(
      () => [...answers.values()].filter((one) => one !== undefined),
      (error: unknown) => {
        c.get('log')().warn({ err: error }, 'a document goes without its first answers')
        return []
      },
    )
    const page = new TextDecoder().decode(document.encodings.identity)
    const end = page.indexOf(END)
    return inParts(
      c,
      document.type,
      cookies,
      page.slice(0, end),
      all.then(dataOf).then((data) => data + page.slice(end)),
    )
  }
}

function dataOf(found: readonly Found[]): string {
  const json = `[${found.map(written).join(',')}]`.replaceAll('<', '\\u003c')
  return `<script type="application/json" id="${FIRST_ANSWERS_ID}">${json}</script>`
}

const COMPRESSORS: Readonly<Record<Encoding, () => Transform & { flush?(): void }>> = {
  br: () =>
    createBrotliCompress({
      params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY },
      flush: constants.BROTLI_OPERATION_PROCESS,
    }),
  gzip: () => createGzip(),
  identity: () => new PassThrough(),
}

/** A document for one reader, whose beginning is sent before its end is known. */
async function inParts(
  c: HubContext,
  type: string,
  cookies: readonly string[],
  first: string,
  rest: Promise<string>,
): Promise<Response> {
  const [encoding = 'identity'] = acceptedEncodings(c.req.header('accept-encoding'))
  const body = COMPRESSORS[encoding]()
  body.write(first)
  body.flush?.()
  void rest.then((text) => body.destroyed || body.end(text))
  const headers = new Headers({ 'Content-Type': type, 'Cache-Control': 'private, no-store', Vary: 'Accept-Encoding' })
  if (encoding !== 'identity') headers.set('Content-Encoding', encoding)
  for (const cookie of cookies) headers.append('Set-Cookie', cookie)
  return new Response(Readable.toWeb(body) as ReadableStream<Uint8Array>, { headers })
}
