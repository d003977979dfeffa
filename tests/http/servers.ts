import type { AddressInfo } from 'node:net'
import '../../hub/http/header-limit.ts'
import * as uWS from 'uWebSockets.js'
import { createAdaptorServer } from '@hono/node-server'
import { type BridgeOptions, type FetchHandler, mountHono } from '../../hub/http/bridge.ts'
import { createLogger } from '../../hub/runtime/logger.ts'

export type TestServer = { readonly port: number; stop(): Promise<void> }

/** The handler behind the bridge, on a free port of 127.0.0.1. */
export function serveBridge(fetch: FetchHandler, options: Partial<BridgeOptions> = {}): Promise<TestServer> {
  const app = uWS.App()
  mountHono(app, fetch, { logger: createLogger('silent'), bodyBytesMax: 8 * 1024 * 1024, ...options })
  return new Promise((resolve, reject) => {
    app.listen('127.0.0.1', 0, (socket) => {
      if (socket === false) return reject(new Error('no free port on 127.0.0.1'))
      const stop = () => {
        app.close()
        return Promise.resolve()
      }
      return resolve({ port: uWS.us_socket_local_port(socket as unknown as uWS.us_socket), stop })
    })
  })
}

/** The same handler behind @hono/node-server. */
export function serveNode(fetch: FetchHandler, overrideGlobalObjects = false): Promise<TestServer> {
  const server = createAdaptorServer({
    overrideGlobalObjects,
    fetch: (request, env) => {
      const address = (env as { incoming: { socket: { remoteAddress?: string } } }).incoming.socket.remoteAddress ?? ''
      return fetch(request, { remoteAddress: address, scheme: 'http' })
    },
  })
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const stop = () =>
        new Promise<void>((done) => {
          server.close(() => done())
          if ('closeAllConnections' in server) server.closeAllConnections()
        })
      resolve({ port: (server.address() as AddressInfo).port, stop })
    })
  })
}
