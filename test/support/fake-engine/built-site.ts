import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname } from 'node:path'
import { builtFiles } from './build-once.ts'

/**
 * The fake console's files on a loopback port, under the production content security policy. All but
 * the page itself may be cached for good, as their names carry their hash: so a browser compiles
 * the console once and not once a page.
 */

const nonce = 'bm9jdHVybmU'

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'self' 'nonce-${nonce}'`,
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ')

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
}

export interface BuiltSite {
  /** `http://127.0.0.1:port`: a secure context to Chromium, as the console's own origin is. */
  readonly origin: string
  /** An empty document of this origin, where a page rests between two uses. */
  readonly restUrl: string
  close(): Promise<void>
}

export const serveBuiltSite = async (): Promise<BuiltSite> => {
  const files = new Map(await builtFiles())
  const index = Buffer.from(files.get('/index.html') ?? []).toString()
  files.set('/', Buffer.from(index.replace('content="fake"', `content="${nonce}"`)))
  files.set(
    '/rest.html',
    Buffer.from('<!doctype html><link rel="icon" href="data:,"><title>-</title>'),
  )
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://127.0.0.1').pathname
    const body = files.get(path)
    if (body === undefined) {
      response.writeHead(404).end()
      return
    }
    const type = types[extname(path === '/' ? '/index.html' : path)]
    response
      .writeHead(200, {
        'content-type': type ?? 'application/octet-stream',
        'content-security-policy': policy,
        'cache-control': path.startsWith('/assets/') ? 'max-age=31536000, immutable' : 'no-store',
      })
      .end(body)
  })
  await new Promise<void>((done, fail) => {
    server.once('error', fail)
    server.listen(0, '127.0.0.1', done)
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    restUrl: `${origin}/rest.html`,
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}
