import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { LINE_BYTES_MAX, openText, wholeLines } from './text.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jitasa-text-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function* chunksOf(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function text(chunks: AsyncIterable<Buffer>): Promise<string> {
  let out = ''
  for await (const block of wholeLines(chunks)) out += block
  return out
}

test('chunks may cut a Thai letter; the text comes whole', async () => {
  const thai = 'วันที่,จังหวัด\n2021-04-01,กรุงเทพมหานคร\n'
  for (const size of [1, 2, 3, 7, 1000]) expect(await text(chunksOf(Buffer.from(thai), size))).toBe(thai)
})

test('a byte order mark of UTF-8 is not part of the first column', async () => {
  expect(await text(chunksOf(Buffer.from('\ufeffdate\n'), 64))).toBe('date\n')
})

test('a last line without an end is read', async () => {
  expect(await text(chunksOf(Buffer.from('a\nb'), 2))).toBe('a\nb')
})

test('UTF-16 is named, with and without a byte order mark', async () => {
  const bytes = Buffer.from('\ufeffdate,province_code\n', 'utf16le')
  await expect(text(chunksOf(bytes, 64))).rejects.toThrow('UTF-16')
  await expect(text(chunksOf(bytes.subarray(2), 64))).rejects.toThrow('UTF-16')
})

test('TIS-620 is named with its line', async () => {
  const bytes = Buffer.concat([Buffer.from('date,province_code\n2021-04-01,'), Buffer.from([0xa1, 0xc3, 0xd8, 0x0a])])
  await expect(text(chunksOf(bytes, 5))).rejects.toMatchObject({ line: 2, message: /TIS-620/ })
})

test('a line of 1 GB ends the reading after the first 64 KiB', async () => {
  let given = 0
  async function* endless(): AsyncGenerator<Buffer> {
    const mebibyte = Buffer.alloc(1024 * 1024, '7')
    yield Buffer.from('date\n')
    for (; given < 1024; given++) yield mebibyte
  }
  await expect(text(endless())).rejects.toMatchObject({ line: 2, message: /longer than 64 KiB/ })
  expect(given).toBeLessThan(2)
})

test('a line that grows by small chunks is bounded too', async () => {
  async function* drops(): AsyncGenerator<Buffer> {
    for (let i = 0; i < LINE_BYTES_MAX; i++) yield Buffer.from('77')
  }
  await expect(text(drops())).rejects.toMatchObject({ line: 1 })
})

test('what is not a readable file says so', async () => {
  await expect(openText(join(folder, 'none.csv'))).rejects.toThrow('does not exist')
  await expect(openText(folder)).rejects.toThrow('is a directory')
  const empty = join(folder, 'empty.csv')
  await writeFile(empty, '')
  await expect(openText(empty)).rejects.toThrow('is empty')
})
