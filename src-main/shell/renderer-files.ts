import { extname, join, resolve, sep } from 'node:path'
import { isAppUrl } from './app-address.ts'

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
}

export type RendererFile =
  | { readonly found: true; readonly path: string; readonly contentType: string }
  | { readonly found: false; readonly status: 400 | 403 | 404 }

/** The segments of a path as names of files, or null when one of them is not just a name. */
const readSegments = (pathname: string): readonly string[] | null => {
  const segments: string[] = []
  for (const raw of pathname.split('/')) {
    let segment: string
    try {
      segment = decodeURIComponent(raw)
    } catch {
      return null // a bad escape
    }
    // `:` also for Windows: drives and alternate data streams.
    if (/[/\\:\0]/.test(segment) || segment === '..' || segment === '.') return null
    if (segment !== '') segments.push(segment)
  }
  return segments
}

/**
 * Which file answers a URL of the console. A path without an extension is a place in the console
 * (a route), so it is answered with the page itself.
 */
export const rendererFile = (url: string, rendererDir: string): RendererFile => {
  if (!isAppUrl(url)) return { found: false, status: 403 }
  const segments = readSegments(new URL(url).pathname)
  if (segments === null) return { found: false, status: 400 }
  const last = segments.at(-1) ?? ''
  const extension = extname(last)
  const isRoute = extension === '' && !last.startsWith('.') && segments[0] !== 'assets'
  const root = resolve(rendererDir)
  const path = isRoute ? join(root, 'index.html') : resolve(root, ...segments)
  // SECURITY: row 18, nothing outside the renderer's own folder, whatever the steps above missed.
  if (!path.startsWith(root + sep)) return { found: false, status: 403 }
  const contentType = contentTypes[isRoute ? '.html' : extension.toLowerCase()]
  return contentType === undefined
    ? { found: false, status: 404 }
    : { found: true, path, contentType }
}
