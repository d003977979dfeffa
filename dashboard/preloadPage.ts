/// <reference types="node" />
import type { HtmlTagDescriptor, Plugin, Rollup } from 'vite'

type Chunk = Rollup.OutputChunk & { readonly viteMetadata?: { readonly importedCss: ReadonlySet<string> } }

const STYLE = /\n\s*<link rel="stylesheet"[^>]* href="\/([^"]+)"[^>]*>/g

/**
 * Names in a document's head all that the page behind its address is made of, so that it comes beside the entry and not after
 * it: on a thin line each further round is a third of a second. The longest script stands first, and takes the connection that is
 * open already; a new one costs two rounds before its first byte. The styles stand in the document, and come while those connections
 * are made and the line has nothing else to bring. `source` is the end of the page's path.
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
        const longestFirst = [...scripts].sort((a, b) => length(b) - length(a))
        const named = [...html.matchAll(STYLE)].map(([, name = '']) => name)
        return {
          html: html.replace(STYLE, ''),
          tags: [
            ...longestFirst.map((name) => ({
              tag: 'link',
              attrs: { rel: 'modulepreload', crossorigin: true, href: `/${name}` },
              injectTo: 'head-prepend' as const,
            })),
            ...[...new Set([...named, ...styles])].flatMap((name) => inDocument(name, bundle[name])),
          ],
        }
      },
    },
  }
}

/** A style sheet as an element of its own, and a link that fetches nothing: scripts that need the sheet find it there. */
function inDocument(name: string, file: Rollup.OutputAsset | Rollup.OutputChunk | undefined): HtmlTagDescriptor[] {
  if (file?.type !== 'asset') throw new Error(`no style sheet ${name}`)
  const css = typeof file.source === 'string' ? file.source : new TextDecoder().decode(file.source)
  if (css.includes('</')) throw new Error(`${name} would end its element`)
  return [
    { tag: 'style', children: css, injectTo: 'head' },
    {
      tag: 'link',
      attrs: { rel: 'stylesheet', disabled: true, crossorigin: true, href: `/${name}` },
      injectTo: 'head',
    },
  ]
}
