import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const ROOT = path.dirname(import.meta.dirname)
const sources = execFileSync('git', ['ls-files', 'hub', 'db', 'dashboard/src'], { cwd: ROOT, encoding: 'utf8' })
  .split('\n')
  .filter((file) => /\.tsx?$/.test(file) && !/\.(?:test|measure)\.tsx?$/.test(file))
  .map((file) => path.join(ROOT, file))
  .filter((file) => existsSync(file))
  .map((file) => ({ file: path.relative(ROOT, file), text: readFileSync(file, 'utf8') }))

/** Which sources hold it, without those of an exercise, where nothing is real. */
const holding = (what: RegExp, except = /^$/): string[] =>
  sources.filter(({ file, text }) => !except.test(file) && what.test(text)).map(({ file }) => file)

test('the sources are looked at', () => {
  expect(sources.length).toBeGreaterThan(800)
  expect(holding(/export function holding/)).toEqual([])
  expect(holding(/createCipheriv\(/)).toEqual([
    'db/personal/sealed.ts',
    'db/personal/wrapper.ts',
    'hub/http/auth/factors/totp.ts',
  ])
})

test('no page writes a text as HTML', () => {
  expect(holding(/\b(?:innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcdoc|DOMParser)\b/)).toEqual([])
})

test('no text is run as code', () => {
  expect(holding(/\beval\(|\bnew Function\(|\bset(?:Timeout|Interval)\(\s*['"`]|from 'node:vm'/)).toEqual([])
})

test('no answer opens itself to pages of other origins', () => {
  expect(holding(/Access-Control-Allow|from 'hono\/(?:cors|jsx|html)'/i)).toEqual([])
})

test('programs are started with a list of arguments, by no shell', () => {
  expect(holding(/\bshell:\s*true|\bexecSync\(|import \{[^}]*\bexec\b[^}]*\} from 'node:child_process'/)).toEqual([])
})

test('no MD5 and no SHA-1, but for the places of an exercise', () => {
  expect(holding(/\bmd5\b|['"]sha-?1['"]/i, /^db\/replay\/drill-/)).toEqual([])
})

/** Elements of pages that take a password, from their name to their end. */
const passwordFields = sources.flatMap(({ file, text }) =>
  [...text.matchAll(/<(?:input|InputField|TextField)\b(?:[^<>]|=>)*?\/>/g)]
    .filter(
      ([field]) =>
        !field.includes('name="authorization"') && /name="(?:\w+-)?password"|type="password"|-password"/.test(field),
    )
    .map(([field]) => `${file}: ${field}`),
)

test('what takes a password hides it, but for a moment where somebody asks to see it', () => {
  expect(passwordFields.length).toBeGreaterThanOrEqual(5)
  expect(
    passwordFields.filter((field) => !/type=(?:"password"|\{shown\(\) \? 'text' : 'password'\})/.test(field)),
  ).toEqual([])
})

test('a password may be pasted, and is named for those who keep it', () => {
  expect(holding(/\bonPaste\b|['"]paste['"]|\bonCopy\b/)).toEqual([])
  expect(passwordFields.filter((field) => !/autocomplete="(?:current|new)-password"/.test(field))).toEqual([])
})
