/// <reference types="node" />
import type { Plugin, Rollup } from 'vite'

type Chunk = Rollup.OutputChunk & { readonly viteMetadata?: { readonly importedCss: ReadonlySet<string> } }

/**
 * Names in a document's head all that the page behind its address is made of, so that it comes beside the entry and not after
 * it: on a thin line each further round is a third of a second. The longest script stands first, and takes the connection that is
 * open already; a new one costs two rounds before its first byte. `source` is the end of the page's path.
 */
export function preloadPage({ page, source }: { page: string; source: string }): Plugin {
  return {
    name: 'jitasa-preload-page',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { filename, bundle = {} }) {
        if (!filename.endsWith(`/${page}`)) return []
        const chunks = Object.values(bundle).filter((file): file is Chunk => file.type === 'chunk')
        const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
        const first = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(source))
        if (first === undefined) throw new Error(`no chunk for ${source}`)
        const scripts = new Set<string>()
        const styles = new Set<string>()
        const add = (chunk: Chunk): void => {
          if (scripts.has(chunk.fileName)) return
          scripts.add(chunk.fileName)
          for (const css of chunk.viteMetadata?.importedCss ?? []) styles.add(css)
          for (const name of chunk.imports) {
            const imported = byName.get(name)
            if (imported) add(imported)
          }
        }
        add(first)
        const length = (name: string) => byName.get(name)?.code.length ?? 0
        const link = (rel: string, injectTo: 'head' | 'head-prepend') => (name: string) => ({
          tag: 'link',
          attrs: { rel, crossorigin: true, href: `/${name}` },
          injectTo,
        })
        const longestFirst = [...scripts].sort((a, b) => length(b) - length(a))
        const newStyles = [...styles].filter((name) => !html.includes(`/${name}"`))
        return [
          ...longestFirst.map(link('modulepreload', 'head-prepend')),
          ...newStyles.map(link('stylesheet', 'head')),
        ]
      },
    },
  }
}
