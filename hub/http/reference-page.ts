/** The parts of an OpenAPI 3.1 document that the page shows. */
export type ApiDocument = {
  readonly info: { readonly title: string; readonly version: string; readonly description?: string | undefined }
  readonly paths?: Readonly<Record<string, object>> | undefined
  readonly components?: { readonly schemas?: Readonly<Record<string, unknown>> | undefined } | undefined
}

type Content = Readonly<Record<string, { readonly schema?: unknown }>>
type Operation = {
  readonly method: string
  readonly path: string
  readonly tag: string
  readonly summary: string
  readonly action: string
  readonly parameters: readonly Parameter[]
  readonly body: Content
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: Content }>>
}
type Parameter = {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly description?: string
  readonly schema?: Readonly<Record<string, unknown>>
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
}

function operationsOf(document: ApiDocument): readonly Operation[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    METHODS.filter((method) => method in item).map((method) => {
      const given = (item as Readonly<Record<string, unknown>>)[method] as Readonly<Record<string, unknown>>
      return {
        method,
        path,
        tag: (given.tags as readonly string[] | undefined)?.[0] ?? 'other',
        summary: String(given.summary ?? ''),
        action: String(given['x-action'] ?? ''),
        parameters: (given.parameters as readonly Parameter[] | undefined) ?? [],
        body: (given.requestBody as { content?: Content } | undefined)?.content ?? {},
        responses: given.responses as Operation['responses'],
      }
    }),
  )
}

const anchor = (text: string) => text.replace(/[^A-Za-z0-9]+/g, '-')
const code = (text: string) => `<code>${escapeHtml(text)}</code>`

/** A schema as indented JSON; names of schemas lead to where they are shown. */
function schemaHtml(schema: unknown): string {
  const text = escapeHtml(JSON.stringify(schema, null, 2) ?? '')
  const linked = text.replace(
    /#\/components\/schemas\/(\w+)/g,
    (_, name: string) => `<a href="#schema-${name}">${name}</a>`,
  )
  return `<pre>${linked}</pre>`
}

function contentHtml(content: Content): string {
  return Object.entries(content)
    .map(([type, { schema }]) => `<details><summary>${escapeHtml(type)}</summary>${schemaHtml(schema)}</details>`)
    .join('')
}

function parametersHtml(parameters: readonly Parameter[]): string {
  const rows = parameters.map((parameter) => {
    const { description: said, ...schema } = parameter.schema ?? {}
    const description = parameter.description ?? (typeof said === 'string' ? said : '')
    return `<tr><td>${code(parameter.name)}<td>${escapeHtml(parameter.in)}${parameter.required ? '' : ', optional'}<td>${code(
      JSON.stringify(schema),
    )}<td>${escapeHtml(description)}`
  })
  return rows.length === 0 ? '' : `<table><tr><th>parameter<th>in<th>schema<th>meaning${rows.join('')}</table>`
}

function operationHtml(operation: Operation): string {
  const { method, path, summary, action, parameters, body, responses } = operation
  const rows = Object.entries(responses).map(
    ([status, { description, content = {} }]) =>
      `<tr><td>${code(status)}<td>${escapeHtml(description)}<td>${contentHtml(content)}`,
  )
  const who = action === 'public' ? 'for everyone' : action === '' ? '' : `needs ${action}`
  return `<article id="${anchor(`${method}${path}`)}"><h3><b class="${method}">${method.toUpperCase()}</b> ${code(path)}</h3>
<p>${escapeHtml(summary)} <small>${escapeHtml(who)}</small></p>${parametersHtml(parameters)}${
    Object.keys(body).length > 0 ? `<h4>Body</h4>${contentHtml(body)}` : ''
  }<table><tr><th>status<th>when<th>body${rows.join('')}</table></article>`
}

const STYLE = `
:root{color-scheme:light dark;font:15px/1.5 system-ui,sans-serif}body{margin:0 auto;max-width:64rem;padding:1rem}
article{border-top:1px solid #8886;padding:.5rem 0 1rem}h3{font-weight:400;margin:.6rem 0}code,pre{font:13px/1.4 ui-monospace,monospace}
pre{overflow:auto;max-height:24rem;background:#8881;padding:.5rem}table{border-collapse:collapse;width:100%;margin:.4rem 0}
th,td{text-align:left;vertical-align:top;padding:.2rem .6rem .2rem 0;border-bottom:1px solid #8883}th{font-weight:600}
nav ul{columns:2;padding-left:1rem}small{opacity:.7}b{display:inline-block;min-width:4.5rem}`

/** A reference of the API as one page, without scripts and without the internet. */
export function referencePage(document: ApiDocument): string {
  const operations = operationsOf(document)
  const tags = [...new Set(operations.map(({ tag }) => tag))].sort()
  const ofTag = (tag: string) => operations.filter((operation) => operation.tag === tag)
  const links = tags.map(
    (tag) =>
      `<h4>${escapeHtml(tag)}</h4><ul>${ofTag(tag)
        .map(
          ({ method, path }) =>
            `<li><a href="#${anchor(`${method}${path}`)}">${method.toUpperCase()} ${escapeHtml(path)}</a>`,
        )
        .join('')}</ul>`,
  )
  const schemas = Object.entries(document.components?.schemas ?? {}).map(
    ([name, schema]) =>
      `<article id="schema-${escapeHtml(name)}"><h3>${code(name)}</h3>${schemaHtml(schema)}</article>`,
  )
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(document.info.title)}: API</title><style>${STYLE}</style></head><body>
<h1>${escapeHtml(document.info.title)} API <small>${escapeHtml(document.info.version)}</small></h1>
<p>${escapeHtml(document.info.description ?? '')} As OpenAPI: <a href="/api/openapi.json">/api/openapi.json</a>.</p>
<nav>${links.join('')}</nav>
${tags.map((tag) => `<h2>${escapeHtml(tag)}</h2>${ofTag(tag).map(operationHtml).join('')}`).join('')}
<h2>Schemas</h2>${schemas.join('')}
</body></html>`
}
