/// <reference types="node" />
import type { Plugin } from 'vite'

/**
 * Names fonts in a page's head, so that they come beside its scripts and not after its first paint: a font that comes
 * later breaks lines anew, and what stands below them jumps under a finger. `fonts` are parts of their names.
 */
export function preloadFonts({ page, fonts }: { page: string; fonts: readonly string[] }): Plugin {
  return {
    name: 'jitasa-preload-fonts',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_, { filename, bundle = {} }) {
        if (!filename.endsWith(`/${page}`)) return []
        return fonts.map((font) => {
          const name = Object.keys(bundle).find((file) => file.includes(font) && file.endsWith('.woff2'))
          if (name === undefined) throw new Error(`no font ${font} was built`)
          return {
            tag: 'link',
            attrs: { rel: 'preload', as: 'font', type: 'font/woff2', href: `/${name}`, crossorigin: true },
            injectTo: 'head-prepend' as const,
          }
        })
      },
    },
  }
}
