import { readFile } from 'node:fs/promises'
import type { Topology } from 'topojson-specification'
import type { AreaTable } from './types.ts'

/** 77 provinces, 928 districts, 7,436 sub-districts, each in the order of its codes. */
export async function readAreas(): Promise<AreaTable> {
  return JSON.parse(await readFile(new URL('areas.json', import.meta.url), 'utf8')) as AreaTable
}

/** The provinces' shapes, object `provinces`; a shape's id is the province's code. */
export async function readProvinceShapes(): Promise<Topology> {
  return JSON.parse(await readFile(new URL('provinces.topo.json', import.meta.url), 'utf8')) as Topology
}
