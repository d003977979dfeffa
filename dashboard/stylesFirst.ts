import type { Plugin } from 'vite'

const STYLES = /\n\s*<link rel="stylesheet"[^>]*>/g
const FIRST_SCRIPT = /\n\s*<script type="module"/

/** A page paints when its styles are there, and needs no script for that: on a thin line they come first. */
export function stylesFirst(): Plugin {
  return {
    name: 'jitasa-styles-first',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html) {
        const styles = html.match(STYLES)?.join('') ?? ''
        return html.replace(STYLES, '').replace(FIRST_SCRIPT, (script) => styles + script)
      },
    },
  }
}
