/// <reference types="node" />
import { createHash } from 'node:crypto'
import type { Plugin, Rollup } from 'vite'

type Chunk = Rollup.OutputChunk & {
  readonly viteMetadata?: { readonly importedCss: ReadonlySet<string>; readonly importedAssets: ReadonlySet<string> }
}

type ShellOptions = {
  /** source of the service worker, from the dashboard's folder */
  readonly worker: string
  /** its address; it is emitted under this name, so that the browser sees a new build as a new worker */
  readonly fileName: string
  /** pages whose chunks the worker keeps, as the ends of their sources' paths */
  readonly pages: readonly string[]
  /** fonts it keeps, as parts of their names: one script of the pages each */
  readonly fonts: readonly string[]
}

/**
 * Builds the service worker of the recording pages and tells it which files they are made of: the entry, the pages'
 * chunks with all they import, their styles, and the fonts of their languages. Not the map, not the charts: 4 MB that
 * a volunteer's phone does not need.
 */
export function offlineShell(options: ShellOptions): Plugin {
  return {
    name: 'jitasa-offline-shell',
    apply: 'build',
    enforce: 'post',
    buildStart() {
      this.emitFile({ type: 'chunk', id: options.worker, fileName: options.fileName })
    },
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((file): file is Chunk => file.type === 'chunk')
      const worker = chunks.find(({ fileName }) => fileName === options.fileName)
      if (!worker) throw new Error(`${options.worker} was not built`)
      if (worker.imports.length > 0)
        throw new Error(`${options.worker} shares code with a page: ${worker.imports.join(', ')}`)
      const files = shellOf(chunks, options)
      for (const font of options.fonts) {
        const name = Object.keys(bundle).find((file) => file.includes(font) && file.endsWith('.woff2'))
        if (name === undefined) throw new Error(`no font ${font} was built`)
        files.add(name)
      }
      const paths = [...files].sort().map((name) => `/${name}`)
      const version = createHash('sha256').update(paths.join('\n')).digest('hex').slice(0, 12)
      worker.code = worker.code
        .replaceAll('__SHELL__', JSON.stringify(paths))
        .replaceAll('__VERSION__', JSON.stringify(version))
    },
  }
}

function shellOf(chunks: readonly Chunk[], { pages }: ShellOptions): Set<string> {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
  const files = new Set<string>()
  const add = (chunk: Chunk): void => {
    if (files.has(chunk.fileName)) return
    files.add(chunk.fileName)
    for (const css of chunk.viteMetadata?.importedCss ?? []) files.add(css)
    for (const name of chunk.imports) {
      const imported = byName.get(name)
      if (imported) add(imported)
    }
  }
  for (const chunk of chunks) if (chunk.isEntry && chunk.facadeModuleId?.endsWith('/index.html')) add(chunk)
  for (const page of pages) {
    const chunk = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(page))
    if (!chunk) throw new Error(`no chunk for ${page}`)
    add(chunk)
  }
  return files
}
