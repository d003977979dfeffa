import type { CDPSession } from 'playwright-core'

type Snapshot = {
  readonly snapshot: {
    readonly meta: { readonly node_fields: readonly string[]; readonly node_types: readonly [readonly string[]] }
  }
  readonly nodes: readonly number[]
}

/**
 * MiB by a heap snapshot, without what the browser holds beside JavaScript. V8 compiles a function again, for speed, the oftener it
 * has run: in the first hundreds of scenes that is most of what comes to the heap, and it has an end.
 */
export async function pageHeap(devtools: CDPSession): Promise<{ readonly heap: number; readonly code: number }> {
  const chunks: string[] = []
  const take = ({ chunk }: { chunk: string }) => void chunks.push(chunk)
  devtools.on('HeapProfiler.addHeapSnapshotChunk', take)
  await devtools.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  devtools.off('HeapProfiler.addHeapSnapshotChunk', take)
  const { snapshot, nodes } = JSON.parse(chunks.join('')) as Snapshot
  const { node_fields: fields, node_types } = snapshot.meta
  const [types] = node_types
  const [type, size] = [fields.indexOf('type'), fields.indexOf('self_size')]
  const bytes = { code: 0, rest: 0 }
  for (let i = 0; i < nodes.length; i += fields.length) {
    const of = types[nodes[i + type]!]
    if (of !== 'native') bytes[of === 'code' ? 'code' : 'rest'] += nodes[i + size]!
  }
  return { heap: bytes.rest / 2 ** 20, code: bytes.code / 2 ** 20 }
}
