/// <reference types="node" />
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startBrowser } from '../../tests/support/browser.ts'

/**
 * Draws the icons of the installed app from the mark: `node dashboard/dev/icons.ts`. `inset`: the share that a phone
 * may cut away of a maskable icon, which is filled to its edges.
 */
const ICONS = [
  { name: 'record-192', size: 192, radius: 7, inset: 0 },
  { name: 'record-512', size: 512, radius: 7, inset: 0 },
  { name: 'record-maskable-512', size: 512, radius: 0, inset: 0.1 },
] as const

const FOLDER = join(import.meta.dirname, '../public/icons')

function svg({ size, radius, inset }: (typeof ICONS)[number]): string {
  const scale = 1 - 2 * inset
  const shift = 32 * inset
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 32 32">
    <rect width="32" height="32" rx="${radius}" fill="#22303d"/>
    <g transform="translate(${shift} ${shift}) scale(${scale})">
      <path d="M6 17h5l3-8 4 14 3-6h5" fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/>
    </g></svg>`
}

const browser = await startBrowser()
try {
  await mkdir(FOLDER, { recursive: true })
  for (const icon of ICONS) {
    const page = await browser.newPage({ viewport: { width: icon.size, height: icon.size } })
    await page.setContent(`<style>*{margin:0;display:block}</style>${svg(icon)}`)
    await writeFile(join(FOLDER, `${icon.name}.png`), await page.screenshot({ omitBackground: true }))
    await page.close()
  }
} finally {
  await browser.close()
}
