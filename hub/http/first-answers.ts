import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import { addressed, FIRST_ANSWERS_ID, snapshotPath } from '../contract/api/first-answers.ts'
import type { AnswerOf } from '../contract/api/routes.ts'
import { boardProvince, boardScopesOf } from '../contract/live/page-scopes.ts'
import { NATION } from '../contract/vocabulary/areas.ts'
import type { HubContext } from './env.ts'
import { type Representation, send, textRepresentation } from './representation.ts'

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
const brotli = promisify(brotliCompress)

type Found = { readonly path: string; readonly text: string; readonly epoch: string | null }
type Get = (path: string) => Promise<Found | undefined>

/** Asks for what the board asks for as soon as it runs: who this is, the rows of its scopes, and the names that stand on it. */
async function askForBoard(get: Get, asked: string | undefined): Promise<void> {
  const who = await get('/api/session')
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
 * in time, is left out, and the page asks for it itself.
 * @param waitMs for all answers together
 */
export function boardDocument(ask: AskHere, waitMs = ANSWERS_MS_MAX): Fill {
  return async (c, document) => {
    const answers = new Map<string, Found | undefined>()
    const cookies = new Map<string, string>()
    const get: Get = async (path) => {
      answers.set(path, undefined)
      const answer = await ask(c, path)
      // Each answer to a pass that has just been renewed brings it anew.
      for (const cookie of answer.headers.getSetCookie()) cookies.set(cookie.slice(0, cookie.indexOf('=')), cookie)
      if (answer.status !== 200) return undefined
      const text = await answer.text()
      if (text.length > ANSWER_LENGTH_MAX) return undefined
      const found = { path, text, epoch: answer.headers.get('X-Situation-Epoch') }
      answers.set(path, found)
      return found
    }
    await Promise.race([askForBoard(get, c.req.query('province')), sleep(waitMs, undefined, { ref: false })])
    const found = [...answers.values()].filter((one) => one !== undefined)
    const json = `[${found.map(written).join(',')}]`.replaceAll('<', '\\u003c')
    const page = new TextDecoder().decode(document.encodings.identity)
    const data = `<script type="application/json" id="${FIRST_ANSWERS_ID}">${json}</script>`
    const filled = await textRepresentation(
      document.type,
      page.replace(END, () => `${data}${END}`),
    )
    const answer = send(c, await withBrotli(filled), { 'Cache-Control': 'private, no-store' })
    for (const cookie of cookies.values()) answer.headers.append('Set-Cookie', cookie)
    return answer
  }
}

async function withBrotli({ type, tag, encodings }: Representation): Promise<Representation> {
  const { identity } = encodings
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: identity.length,
  }
  const br = new Uint8Array(await brotli(identity, { params }))
  return { type, tag, encodings: { ...encodings, br } }
}
