/**
 * Renderers that draw in software. There a repaint of the map blocks the page for 0.1 to 1 s (measured on two shared
 * cores), and the SVG map is the faster one.
 */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i

export function isSoftwareRenderer(renderer: string): boolean {
  return SOFTWARE.test(renderer)
}

/** Whether WebGL is there and worth it. `?map=svg` and `?map=gl` overrule, for tests and for drivers that misname themselves. */
export function wantsWebGl(search: string): boolean {
  const asked = new URLSearchParams(search).get('map')
  if (asked !== null) return asked === 'gl'
  const context = document.createElement('canvas').getContext('webgl2')
  if (!(context instanceof WebGL2RenderingContext)) return false
  const names = context.getExtension('WEBGL_debug_renderer_info')
  const renderer = String(context.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : context.RENDERER))
  context.getExtension('WEBGL_lose_context')?.loseContext()
  return !isSoftwareRenderer(renderer)
}
