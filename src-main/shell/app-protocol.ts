import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { CustomScheme, Protocol } from 'electron'
import { appScheme } from './app-address.ts'
import { rendererFile } from './renderer-files.ts'
import { responseHeaders } from './response-headers.ts'

/** To be registered before Electron is ready. No `bypassCSP`, no `corsEnabled`, no extensions. */
export const appSchemes: CustomScheme[] = [
  {
    scheme: appScheme,
    privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
  },
]

const noncePlaceholder = '__CSP_NONCE__'
const nonceBytes = 18

const refusal = (status: number): Response =>
  new Response(null, { status, headers: responseHeaders('text/plain; charset=utf-8', null) })

/** Answers one request of `app://console` out of the renderer's folder. Never rejects. */
export const answerAppRequest = async (
  request: { readonly url: string; readonly method: string },
  rendererDir: string,
): Promise<Response> => {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405)
  const file = rendererFile(request.url, rendererDir)
  if (!file.found) return refusal(file.status)
  let bytes: Buffer
  try {
    bytes = await readFile(file.path)
  } catch {
    return refusal(404)
  }
  if (basename(file.path) !== 'index.html') {
    return new Response(new Uint8Array(bytes), { headers: responseHeaders(file.contentType, null) })
  }
  // SECURITY: row 7, a nonce of 144 random bits for this load alone.
  const nonce = randomBytes(nonceBytes).toString('base64')
  const page = bytes.toString('utf8').replaceAll(noncePlaceholder, nonce)
  return new Response(page, { headers: responseHeaders(file.contentType, nonce) })
}

export const serveRenderer = (
  protocol: Pick<Protocol, 'handle' | 'unhandle'>,
  rendererDir: string,
): (() => void) => {
  protocol.handle(appScheme, (request) => answerAppRequest(request, rendererDir))
  return () => {
    protocol.unhandle(appScheme)
  }
}
