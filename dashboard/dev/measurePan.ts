/// <reference types="node" />
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Topology } from 'topojson-specification'
import { createServer } from 'vite'
import { startBrowser } from '../../tests/support/browser.ts'

/**
 * Frames of the national map while it is panned, with and without 1,500 places: `node dashboard/dev/measurePan.ts`.
 * Headless Chromium draws in software; on such a machine compare, do not quote.
 */
const COUNTS = [0, 1_500] as const
const PAN_MS = 6_000

const root = fileURLToPath(new URL('..', import.meta.url))
const server = await createServer({
  root,
  configFile: `${root}vite.config.ts`,
  server: { port: 0, fs: { allow: ['..'] } },
})
await server.listen()
const [address = ''] = server.resolvedUrls?.local ?? []
const browser = await startBrowser()
const page = await browser.newPage({ viewport: { width: 700, height: 950 } })
page.on('pageerror', (error) => console.log(error.message))
await page.goto(`${address}dev/pan.html`)
await page.waitForFunction(() => 'pan' in window, undefined, { timeout: 120_000 })
const shapes = await readFile(new URL('../../db/areas/provinces.topo.json', import.meta.url), 'utf8')
const topology = JSON.parse(shapes) as Topology
for (const count of COUNTS) {
  const frames = [
    ...(await page.evaluate(([map, n, ms]) => window.pan(map, n, ms), [topology, count, PAN_MS] as const)),
  ].sort((a, b) => a - b)
  const at = (share: number) => (frames[Math.floor(frames.length * share)] ?? 0).toFixed(1)
  const fps = (1_000 * frames.length) / frames.reduce((a, b) => a + b, 0)
  console.log(
    `${count} places: ${fps.toFixed(1)} frames/s, p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, ${frames.length} frames`,
  )
}
await browser.close()
await server.close()
