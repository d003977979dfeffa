import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { VARIABLES } from '../hub/runtime/config.ts'

const ROOT = path.dirname(import.meta.dirname)
const readme = readFileSync(path.join(ROOT, 'README.md'), 'utf8')
const manifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
  scripts: Record<string, string>
}
const packages = { ...manifest.dependencies, ...manifest.devDependencies }

describe('README', () => {
  it('names every variable with its default and what it is, and no other', () => {
    const expected = Object.values(VARIABLES).map((variable) => {
      const fallback = 'fallback' in variable ? variable.fallback : undefined
      const shown = fallback === undefined ? '–' : fallback === '' ? 'none' : `\`${fallback}\``
      return `| \`${variable.name}\` | ${shown} | ${variable.doc.replaceAll('|', '\\|')} |`
    })
    const table = readme.split('| variable | default | what it is |\n|---|---|---|\n')[1]?.split('\n\n')[0]
    expect(table?.split('\n').sort()).toEqual(expected.sort())
  })

  it('gives a reason for every package, and for no other', () => {
    const table = readme.split('| package | for |\n|---|---|\n')[1]?.split('\n\n')[0]
    const named = table?.split('\n').map((line) => /^\| `([^`]+)` \| .+ \|$/.exec(line)?.[1])
    expect(named?.sort()).toEqual(Object.keys(packages).sort())
  })

  it('names only commands that there are', () => {
    const makefile = readFileSync(path.join(ROOT, 'Makefile'), 'utf8')
    for (const [, script] of readme.matchAll(/`npm run ([a-z]+)/g))
      expect(Object.keys(manifest.scripts)).toContain(script)
    for (const [, target] of readme.matchAll(/`make ([a-z]+)/g))
      expect(makefile).toMatch(new RegExp(`^${target}:`, 'm'))
  })
})

it('package.json has exact versions only', () => {
  for (const [name, version] of Object.entries(packages))
    expect(version, name).toMatch(/^(?:npm:[a-z-]+@)?\d+\.\d+\.\d+(?:-[\w.]+)?$/)
})

it('the bill of materials names every package: with `--omit=dev` npm drops some that production needs too', async () => {
  const npm = promisify(execFile)('npm', ['run', '--silent', 'sbom'], { cwd: ROOT, maxBuffer: 1 << 24 })
  const { bomFormat, components } = JSON.parse((await npm).stdout) as {
    bomFormat: string
    components: { name: string }[]
  }
  expect(bomFormat).toBe('CycloneDX')
  const listed = components.map(({ name }) => name)
  for (const name of Object.keys(packages)) expect(listed, name).toContain(name)
})
