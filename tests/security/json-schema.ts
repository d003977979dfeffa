import fc from 'fast-check'

/** What of JSON Schema the API's bodies use. */
export type JsonSchema = {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly items?: JsonSchema
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly allOf?: readonly JsonSchema[]
  readonly maxLength?: number
  readonly maxItems?: number
  readonly $ref?: string
}

/** Text that breaks parsers, databases and pages: controls, a lone surrogate, quotes, wildcards, right-to-left, much of it. */
const NASTY = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  "'; drop table accounts; --",
  '%_\\',
  '<script>',
  '\u202egnp',
  'ก'.repeat(3000),
]
const nasty = fc.constantFrom(...NASTY)
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  nasty,
  fc.uuid(),
  fc.constantFrom('50', 'TH', '2021-11-11'),
)
const number = fc.oneof(fc.integer({ min: -3, max: 100 }), fc.constantFrom(0.5, -1, 2 ** 31, 2 ** 53, 1e308, -0))
const anything = fc.jsonValue({ maxDepth: 2 })

/**
 * Bodies that are almost what `schema` says: fields of the right kind with values at and beyond their limits, left
 * out, doubled in depth, or replaced by anything at all.
 */
export function almost(schema: JsonSchema, depth = 3): fc.Arbitrary<unknown> {
  const right = inside(schema, depth)
  return fc.oneof({ weight: 6, arbitrary: right }, { weight: 1, arbitrary: anything }, { weight: 1, arbitrary: nasty })
}

function inside(schema: JsonSchema, depth: number): fc.Arbitrary<unknown> {
  if (depth === 0 || schema.$ref !== undefined) return anything
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return fc.oneof(...choices.map((choice) => inside(choice, depth)))
  if (schema.allOf !== undefined) return fc.tuple(...schema.allOf.map((part) => inside(part, depth))).map(merge)
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0]
  if (type === 'object') {
    const fields = Object.entries(schema.properties ?? {}).map(
      ([name, field]) => [name, almost(field, depth - 1)] as const,
    )
    return fc.record(Object.fromEntries(fields), { requiredKeys: [] })
  }
  if (type === 'array')
    return fc.array(almost(schema.items ?? {}, depth - 1), { maxLength: (schema.maxItems ?? 3) + 1 })
  if (type === 'string') return text
  if (type === 'number' || type === 'integer') return number
  if (type === 'boolean') return fc.boolean()
  return anything
}

function merge(parts: readonly unknown[]): unknown {
  return Object.assign({}, ...parts.filter((part) => typeof part === 'object'))
}
