import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { access, cp, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { freePort } from '../../db/postgres/cluster.ts'
import { ROOT } from './up.ts'

const CACHE = path.join(ROOT, 'node_modules/.cache/jitasa-nginx')
const PLACES = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/usr/local/sbin']
const FETCH_MS_MAX = 120_000
const UP_MS_MAX = 20_000

const run = promisify(execFile)

async function firstOf(files: readonly string[]): Promise<string | undefined> {
  const isThere = (file: string) =>
    access(file).then(
      () => true,
      () => false,
    )
  for (const file of files) if (await isThere(file)) return file
  return undefined
}

/** Debian's nginx, unpacked and not installed: nothing of the machine changes, and no service starts. */
async function unpackDebians(): Promise<string> {
  await mkdir(CACHE, { recursive: true })
  const folder = await mkdtemp(path.join(CACHE, 'unpacked-'))
  try {
    await run('apt-get', ['download', '-q', 'nginx'], { cwd: folder, timeout: FETCH_MS_MAX })
    const [file = ''] = await readdir(folder)
    await run('dpkg-deb', ['-x', file, '.'], { cwd: folder })
    await rename(path.join(folder, 'usr/sbin/nginx'), path.join(CACHE, 'nginx'))
    return path.join(CACHE, 'nginx')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** @returns the nginx of NGINX, of this machine, or Debian's; `undefined` where there is none to be had */
async function findNginx(): Promise<string | undefined> {
  const given = process.env.NGINX
  if (given) return given
  const found = await firstOf([path.join(CACHE, 'nginx'), ...PLACES.map((place) => path.join(place, 'nginx'))])
  if (found !== undefined) return found
  return unpackDebians().catch((error: Error) => {
    process.stderr.write(`no nginx, and none to be had of Debian; its tests are skipped: ${error.message}\n`)
    return undefined
  })
}

export const nginx = await findNginx()

export type Nginx = {
  readonly port: number
  /** https */
  readonly url: string
  readonly pids: readonly number[]
  stop(): Promise<void>
}

export type NginxOptions = {
  /** ports of hubs on 127.0.0.1 */
  readonly hubs: readonly number[]
  readonly workers?: number
  readonly connections?: number
  /** listens without TLS too, at this port: for loads whose cost is not the question */
  readonly plainPort?: number
  /** a line more of what a site has of its own */
  readonly site?: string
}

/** In a folder that Debian's nginx brings: it makes the last one alone. */
const CACHE_PLACE = '/var/lib/nginx/jitasa'
const shippedCache = readFileSync(path.join(ROOT, 'docs/deploy/nginx/jitasa/cache.conf'), 'utf8')
if (!shippedCache.includes(` ${CACHE_PLACE} `)) throw new Error(`the shipped cache does not lie in ${CACHE_PLACE}`)

/** `docs/deploy/nginx/jitasa.conf` as it stands, with the files that a site has of its own. */
export async function startNginx({
  hubs,
  workers = 1,
  connections = 4096,
  plainPort,
  site = '',
}: NginxOptions): Promise<Nginx> {
  const folder = await mkdtemp(path.join(tmpdir(), 'jitasa-nginx-'))
  const port = await freePort()
  const at = (file: string) => path.join(folder, file)
  await mkdir(at('jitasa'))
  await cp(path.join(ROOT, 'docs/deploy/nginx/jitasa.conf'), at('jitasa.conf'))
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']
  execFileSync('openssl', ['req', '-x509', ...curve, '-keyout', at('key'), '-out', at('cert'), ...subject], {
    stdio: 'pipe',
  })
  await writeFile(at('jitasa/hubs.conf'), hubs.map((hub) => `server 127.0.0.1:${hub};\n`).join(''))
  await writeFile(
    at('jitasa/site.conf'),
    `listen 127.0.0.1:${port} ssl http2;
${plainPort === undefined ? '' : `listen 127.0.0.1:${plainPort};`}
server_name localhost;
ssl_certificate ${at('cert')};
ssl_certificate_key ${at('key')};
${site}
`,
  )
  await writeFile(at('jitasa/cache.conf'), shippedCache.replace(CACHE_PLACE, at('cache')))
  const temps = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((of) => `${of}_temp_path ${at(of)};`)
  await writeFile(
    at('nginx.conf'),
    `daemon off;
pid ${at('pid')};
error_log stderr warn;
worker_processes ${workers};
worker_rlimit_nofile ${connections * 2};
${process.getuid?.() === 0 ? 'user root;' : ''}
events { worker_connections ${connections}; }
http {
  access_log off;
  ${temps.join('\n  ')}
  include jitasa.conf;
}
`,
  )
  const child = spawn(nginx ?? 'nginx', ['-p', folder, '-c', at('nginx.conf'), '-e', 'stderr'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4000)
  })
  for (const end = Date.now() + UP_MS_MAX; (await firstOf([at('pid')])) === undefined; await sleep(20)) {
    if (child.exitCode === null && Date.now() < end) continue
    child.kill('SIGKILL')
    throw new Error(`nginx does not start:\n${said}`)
  }
  return {
    port,
    url: `https://localhost:${port}`,
    get pids() {
      return [child.pid ?? 0, ...childrenOf(child)]
    },
    async stop() {
      child.kill('SIGTERM')
      await gone
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function childrenOf({ pid }: ChildProcess): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number)
}
