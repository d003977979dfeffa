import type { AskingBody } from '../../api/http.ts'

type Template = AskingBody<'POST /api/webhooks'>['template']

const written = (template: Template) => JSON.stringify(template, null, 2)

export const PLAIN_TEMPLATE = written({
  kind: '{{kind}}',
  area: '{{area}}',
  title: '{{title}}',
  body: '{{body}}',
  url: '{{url}}',
})

/** POST https://api.line.me/v2/bot/message/push, with `Bearer` and a channel access token. */
export const LINE_TEMPLATE = written({
  to: 'C…',
  messages: [{ type: 'text', text: '{{title}}\n{{body}}\n{{url}}' }],
})
export const LINE_URL = 'https://api.line.me/v2/bot/message/push'

/** @returns `undefined` when the text is no JSON object */
export function readTemplate(text: string): Template | undefined {
  try {
    const read: unknown = JSON.parse(text)
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? (read as Template) : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
