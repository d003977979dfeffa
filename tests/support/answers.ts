import type { z } from 'zod'
import { ROUTES } from '../../hub/contract/api/routes.ts'

type Known = { readonly method: string; readonly path: RegExp; readonly answer: z.ZodType | null }

/** Fixed parts before parameters: `/api/needs/mine` is no need. */
const KNOWN: readonly Known[] = Object.entries<{ readonly answer: z.ZodType | null }>(ROUTES)
  .sort(([a], [b]) => Number(a.includes('{')) - Number(b.includes('{')))
  .map(([name, { answer }]) => {
    const [method = '', path = ''] = name.split(' ')
    return { method, path: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`), answer }
  })

/** JSON is UTF-8 by itself (RFC 8259); what else is text says its charset, or is XML, which says it within. */
const TYPED =
  /^(?:application\/(?:[\w.-]+\+)?(?:json|xml)(?:;|$)|(?:text|application)\/[\w.+-]+; ?charset=utf-8|application\/(?!(?:[\w.-]+\+)?(?:json|xml|javascript)$)[\w.+-]+$|image\/|font\/)/i

/** @throws Error that names the route whose answer has a body, and no type with a charset */
function demandType(method: string, path: string, response: Response): void {
  if (response.body === null) return
  const type = response.headers.get('content-type') ?? 'none'
  if (!TYPED.test(type)) throw new Error(`${method} ${path} answers ${response.status} of the type ${type}`)
}

/**
 * Holds an answer that went well against the schema of its route, so that no test passes on an answer that pages would
 * take for something else.
 * @throws Error that names the route and what is wrong
 */
export async function checkAnswer(method: string, path: string, response: Response): Promise<void> {
  demandType(method, path, response)
  if (!response.ok) return
  const route = KNOWN.find((known) => known.method === method && known.path.test(path))
  if (!route?.answer) return
  const read = route.answer.safeParse(await response.clone().json())
  if (!read.success) throw new Error(`${method} ${path} does not answer by its schema: ${read.error.message}`)
}
