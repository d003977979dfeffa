import { rm } from 'node:fs/promises'
import { expect } from 'vitest'
import { forFile } from '../support/for-file.ts'
import { copyProject, upgradeCopy } from '../support/project-copy.ts'
import { startHubWorld } from './one-hub.ts'
import { outlives, worldForFile } from './suite.ts'

/** Two copies, each a build after the other's, with the other's parts still beside its own. */
const roots = await forFile(async (add) => {
  const first = await copyProject()
  add(() => rm(first, { recursive: true, force: true }))
  await upgradeCopy(first, 'Jitasa, upgraded')
  const second = await copyProject(first)
  add(() => rm(second, { recursive: true, force: true }))
  await upgradeCopy(second, 'Jitasa, upgraded again')
  return [first, second] as const
})

const world = await worldForFile(() => startHubWorld({ name: 'upgrade' }))
let upgrades = 0
/** what a page loads that was opened before the upgrade */
let pageBefore: readonly string[] = []

/** What the start page of now loads. */
async function partsOfPage(): Promise<string[]> {
  const page = await (await fetch(world.hub.url)).text()
  const parts = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, part]) => part!)
  expect(parts.length).toBeGreaterThan(0)
  return parts
}

const buildsOfScreens = () => new Set(world.audience.screens.map(({ inbox }) => inbox.hello?.build))

outlives(world, [
  {
    failure: 'another build takes the hub’s place, with pages open',
    strike: ({ hub }) => hub.kill('SIGTERM'),
    mend: (one) => one.startAgain(roots[upgrades++ % 2]),
    async judge(one) {
      const [build, ...others] = buildsOfScreens()
      const strange = others.length > 0 || build === undefined ? [`screens of ${others.length + 1} builds`] : []
      const answers = await Promise.all(pageBefore.map(async (part) => (await fetch(one.hub.url + part)).status))
      pageBefore = await partsOfPage()
      return [
        ...strange,
        ...answers.filter((status) => status !== 200).map((status) => `a part of an open page: ${status}`),
      ]
    },
  },
])
