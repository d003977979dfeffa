/** What the browser offers to install from here on: one page at a time names its own. */
export function linkManifest(href: '/record.webmanifest' | '/jitasa.webmanifest'): void {
  const known = document.querySelector<HTMLLinkElement>('link[rel="manifest"]')
  const link = known ?? document.createElement('link')
  link.rel = 'manifest'
  link.href = href
  if (known === null) document.head.append(link)
}
