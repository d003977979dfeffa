import { readdir, readFile, readlink } from 'node:fs/promises'

/** What Linux says about processes and their TCP connections. */

/** The processes that `pid` has started and that still run. */
export async function childrenOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
  return text.split(' ').filter(Boolean).map(Number)
}

export async function runs(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return stat !== '' && !/\) Z /.test(stat)
}

async function socketsOf(pid: number): Promise<Set<string>> {
  const folder = `/proc/${pid}/fd`
  const links = await readdir(folder).then(
    (names) => Promise.all(names.map((name) => readlink(`${folder}/${name}`).catch(() => ''))),
    () => [],
  )
  return new Set(links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []))
}

type Tcp = { readonly local: number; readonly remote: number; readonly listens: boolean; readonly inode: string }

async function tcp(): Promise<Tcp[]> {
  const [, ...lines] = (await readFile('/proc/net/tcp', 'utf8')).trim().split('\n')
  return lines.map((line) => {
    const [, local = '', remote = '', state, , , , , , inode = ''] = line.trim().split(/\s+/)
    const port = (address: string) => Number.parseInt(address.split(':')[1] ?? '', 16)
    return { local: port(local), remote: port(remote), listens: state === '0A', inode }
  })
}

/** Which of the processes holds the other end of each connection: local port → pid. */
export async function holders(pids: readonly number[], port: number): Promise<Map<number, number>> {
  const owned = await Promise.all(pids.map(async (pid) => [pid, await socketsOf(pid)] as const))
  const held = new Map<number, number>()
  for (const { local, remote, inode } of await tcp()) {
    const owner = local === port ? owned.find(([, sockets]) => sockets.has(inode))?.[0] : undefined
    if (owner !== undefined) held.set(remote, owner)
  }
  return held
}

/** Which of the processes listen on the port. */
export async function listeners(pids: readonly number[], port: number): Promise<number[]> {
  const inodes = (await tcp()).filter(({ local, listens }) => listens && local === port).map(({ inode }) => inode)
  const owned = await Promise.all(pids.map(async (pid) => [pid, await socketsOf(pid)] as const))
  return owned.filter(([, sockets]) => inodes.some((inode) => sockets.has(inode))).map(([pid]) => pid)
}

/** The process whose own end of a connection has this port. */
export async function ownerOf(localPort: number, pids: readonly number[]): Promise<number | undefined> {
  const inodes = (await tcp()).filter(({ local }) => local === localPort).map(({ inode }) => inode)
  for (const pid of pids) {
    const sockets = await socketsOf(pid)
    if (inodes.some((inode) => sockets.has(inode))) return pid
  }
  return undefined
}
