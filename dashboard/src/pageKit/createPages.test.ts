import { createRoot, createSignal } from 'solid-js'
import { expect, it } from 'vitest'
import { createPages } from './createPages.ts'

const settle = () => new Promise((resolve) => setTimeout(resolve))

it('rows of the filter before go when the next one cannot be read; a list that is read again keeps what it has', async () => {
  await createRoot(async (dispose) => {
    const [area, setArea] = createSignal('50')
    let away = false
    const pages = createPages(area, async (of) => {
      if (away) throw new Error('away')
      return { items: [of], next: 'more', total: 7 }
    })
    await settle()
    expect([pages.items(), pages.total()]).toEqual([['50'], 7])
    away = true
    pages.reload()
    await settle()
    expect([pages.state(), pages.items()]).toEqual(['failed', ['50']])
    setArea('10')
    await settle()
    expect([pages.state(), pages.items(), pages.total(), pages.hasMore()]).toEqual(['failed', [], null, false])
    away = false
    pages.reload()
    await settle()
    expect([pages.state(), pages.items()]).toEqual(['ready', ['10']])
    dispose()
  })
})
