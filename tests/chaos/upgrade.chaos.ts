import { cp, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Add } from '../support/for-file.ts'
import { copyProject, upgradeCopy } from '../support/project-copy.ts'
import { type HubWorld, startHubWorld } from './one-hub.ts'
import { outlives } from './suite.ts'

/** Two copies that take turns, each with the parts of the other's build beside its own. */
type UpgradeWorld = HubWorld & {
  readonly roots: readonly [string, string]
  upgrades: number
  /** what a page loads that was opened before the upgrade */
  openPage: readonly string[]
}

async function start(add: Add): Promise<UpgradeWorld> {
  const copy = async (from?: string): Promise<string> => {
    const root = await copyProject(from)
    add(() => rm(root, { recursive: true, force: true }))
    return root
  }
  const first = await copy()
  await upgradeCopy(first, 'Jitasa, upgraded')
  const second = await copy(first)
  await upgradeCopy(second, 'Jitasa, upgraded again')
  // Every other upgrade goes back: what the second has made stands beside the first's too.
  const parts = (root: string) => path.join(root, 'dashboard/dist/assets')
  await cp(parts(second), parts(first), { recursive: true, force: false })
  return Object.assign(await startHubWorld(), { roots: [first, second] as const, upgrades: 0, openPage: [] })
}

/** What the start page of now loads. */
async function partsOfPage(url: string): Promise<string[]> {
  const page = await (await fetch(url)).text()
  return [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, part]) => part!)
}

await outlives({
  name: 'upgrade',
  start,
  faults: [
    {
      failure: 'another build takes the hub’s place, with pages open',
      async strike(world) {
        world.openPage = await partsOfPage(world.hub.url)
        await world.hub.kill('SIGTERM')
      },
      mend: (world) => world.startAgain(world.roots[world.upgrades++ % 2]),
      async judge({ audience, hub, openPage }) {
        const builds = new Set(audience.screens.map(({ inbox }) => inbox.hello?.build))
        const answers = await Promise.all(openPage.map(async (part) => (await fetch(hub.url + part)).status))
        return [
          ...(builds.size === 1 ? [] : [`screens of ${builds.size} builds`]),
          ...(openPage.length > 0 ? [] : ['the start page loads nothing']),
          ...answers.filter((status) => status !== 200).map((status) => `a part of an open page: ${status}`),
        ]
      },
    },
  ],
})
