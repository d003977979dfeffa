/// <reference types="node" />
import path from 'node:path'
import type { Plugin } from 'vite'

const OWN = '?own'
const POLYFILL = 'vite/modulepreload-polyfill'
const NOTHING = '\0jitasa-nothing'

/**
 * A page that shares no file with the others has copies of its own of what it imports: a part of a few hundred bytes that it
 * had in common with them would be a request more for everybody. It preloads nothing either.
 * @param page the document. @param entry its script, from here
 */
export function standsAlone({ page, entry }: { page: string; entry: string }): Plugin {
  const script = path.join(import.meta.dirname, entry)
  return {
    name: 'jitasa-stands-alone',
    apply: 'build',
    resolveId: {
      order: 'pre',
      async handler(source, importer, options) {
        if (source === POLYFILL && importer?.endsWith(`/${page}`)) return NOTHING
        if (!source.endsWith('.ts') || (importer !== script && !importer?.endsWith(OWN))) return null
        const found = await this.resolve(source, importer, { ...options, skipSelf: true })
        return found && { ...found, id: found.id + OWN }
      },
    },
    load: (id) => (id === NOTHING ? 'export {}' : null),
  }
}
