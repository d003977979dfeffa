/// <reference types="node" />
import path from 'node:path'

type Module = {
  readonly importers: readonly string[]
  readonly dynamicImporters: readonly string[]
  readonly isEntry: boolean
}
type Modules = { getModuleInfo(id: string): Module | null }

const SOURCES = path.join(import.meta.dirname, 'src')
const PAGES = path.join(SOURCES, 'pages')
const ENTRY = path.join(SOURCES, 'main.tsx')
const BOARD = path.join(PAGES, 'board/BoardPage.tsx')

/** Pages that take little of what a board is made of, in the order in which a part goes with them. */
const FORMS = ['help/', 'record/'].map((folder) => path.join(PAGES, folder))
const WALL = [path.join(PAGES, 'wall/')]
const CONTRACT = path.join(import.meta.dirname, '../hub/contract/')
const LIGHT = [
  { name: 'main', of: [path.join(PAGES, 'help/HelpPage.tsx')] },
  // A wall has no form: what it needs of them, and lists that it needs through others, stand apart from forms. A few kB:
  // a request of their own would cost more than they do.
  { name: 'main', of: FORMS, and: [...WALL, CONTRACT] },
  { name: 'forms', of: FORMS },
  { name: 'live', of: [...WALL, ...['start/', 'province/'].map((folder) => path.join(PAGES, folder))] },
]

/**
 * Puts together what the first card of a board is made of: a file is a round of its own on a thin line, and cut by who shares what with
 * whom it was 75 of them. `main` is what every page begins with; what lighter pages share with the board stays apart
 * from the rest, so that they do not carry it. What has nothing to do with the board is cut as before.
 * @returns the name of a module's part; `null` where the bundler decides
 */
export function sharedPart(): (id: string, modules: Modules) => string | null {
  const known = new Map<string, ReadonlySet<string>>()
  return (id, modules) => {
    const roots = rootsOf(id, modules, known)
    if (UNUSED.test(id) || [...roots].some(standsAlone)) return null
    if (roots.has(ENTRY) || POLYFILL.test(id)) return 'main'
    if (!roots.has(BOARD) || roots.size === 1) return null
    const isOf = (folders: readonly string[]) =>
      [...roots, id].some((each) => folders.some((folder) => each.startsWith(folder)))
    return LIGHT.find(({ of, and = of }) => isOf(of) && isOf(and))?.name ?? 'work'
  }
}

/** Imported by much that uses none of it: nothing of it is in what the board begins with. */
const UNUSED = /\/solid-js\/store\//

/** What makes up for missing `modulepreload`: a few hundred bytes that each document imports. */
const POLYFILL = /modulepreload-polyfill/

/** The service worker shares no file with a page, and a kiosk's document holds nothing but its frame. */
const standsAlone = (root: string): boolean =>
  ['src/offline/worker.ts', 'src/kiosk/', 'kiosk.html'].some((place) =>
    root.startsWith(path.join(import.meta.dirname, place)),
  )

/** What is loaded on its own, and with it this module: entries, and what somebody imports dynamically. */
function rootsOf(id: string, modules: Modules, known: Map<string, ReadonlySet<string>>): ReadonlySet<string> {
  const before = known.get(id)
  if (before) return before
  const roots = new Set<string>()
  const seen = new Set<string>()
  const look = [id]
  for (let at = look.pop(); at !== undefined; at = look.pop()) {
    if (seen.has(at)) continue
    seen.add(at)
    const module = modules.getModuleInfo(at)
    if (module === null) continue
    if (module.isEntry || module.dynamicImporters.length > 0 || at === ENTRY) roots.add(at)
    look.push(...module.importers)
  }
  known.set(id, roots)
  return roots
}
