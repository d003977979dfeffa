declare module 'topojson-server' {
  import type { FeatureCollection, Geometry } from 'geojson'
  import type { Objects, Topology } from 'topojson-specification'
  export function topology<P extends object>(
    objects: Record<string, FeatureCollection<Geometry, P>>,
  ): Topology<Objects<P>>
}

declare module 'topojson-simplify' {
  import type { Topology } from 'topojson-specification'
  export function presimplify<T extends Topology>(topology: T): T
  export function quantile(topology: Topology, p: number): number
  export function simplify<T extends Topology>(topology: T, minWeight: number): T
}
