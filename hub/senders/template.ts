/** What a webhook's template may name. */
export type Filling = Readonly<Record<'title' | 'body' | 'url' | 'kind' | 'area', string>>

/** `template` with `{{title}}` and its like in its texts filled in; what is no such name stays as it stands. */
export function filled(template: unknown, filling: Filling): unknown {
  if (typeof template === 'string') {
    return template.replaceAll(/\{\{(\w+)\}\}/g, (whole, name: string) =>
      Object.hasOwn(filling, name) ? filling[name as keyof Filling] : whole,
    )
  }
  if (Array.isArray(template)) return template.map((one) => filled(one, filling))
  if (template === null || typeof template !== 'object') return template
  return Object.fromEntries(Object.entries(template).map(([key, value]) => [key, filled(value, filling)]))
}
