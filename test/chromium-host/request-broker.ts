/**
 * Every request of Chromium, of any page, frame or worker, pauses here (`Fetch` of the browser
 * target) and takes the way it takes in Electron: navigation events, then `webRequest`, then the
 * handler of its scheme. What nobody handles continues to the network, which does not exist.
 */
import type { CdpConnection } from './cdp-pipe.ts'
import { noteInJournal } from './journal.ts'
import { defaultSession } from './session.ts'
import { toChromiumUrl, toShellUrl } from './url-map.ts'

type Paused = Readonly<{
  requestId: string
  redirectedRequestId?: string
  resourceType: string
  frameId: string
  request: Readonly<{
    url: string
    method: string
    headers: Readonly<Record<string, string>>
    postData?: string
  }>
}>

/** Asks the page that owns the frame; true when the shell prevented the navigation. */
export type NavigationJudge = (
  navigation: Readonly<{ frameId: string; url: string; isRedirect: boolean }>,
) => boolean

/** Electron's names of the resource types (webRequest's `details.resourceType`). */
const resourceTypes: Readonly<Record<string, string>> = {
  Document: 'mainFrame',
  Stylesheet: 'stylesheet',
  Script: 'script',
  Image: 'image',
  Font: 'font',
  XHR: 'xhr',
  Fetch: 'xhr',
  Ping: 'ping',
  CSPViolationReport: 'cspReport',
  Media: 'media',
  WebSocket: 'webSocket',
}

export const startRequestBroker = async (
  cdp: CdpConnection,
  judgeNavigation: NavigationJudge,
): Promise<void> => {
  let lastRequest = 0

  const fail = (requestId: string, errorReason: string): Promise<unknown> =>
    cdp.send('Fetch.failRequest', { requestId, errorReason })

  const answer = async (paused: Paused): Promise<void> => {
    const { requestId, request } = paused
    const url = toShellUrl(request.url)
    if (paused.resourceType === 'Document') {
      const isRedirect = paused.redirectedRequestId !== undefined
      if (judgeNavigation({ frameId: paused.frameId, url, isRedirect })) {
        noteInJournal('navigation-refused', url)
        // "Aborted" leaves the document that is there; any other reason would show an error page.
        await fail(requestId, 'Aborted')
        return
      }
      noteInJournal('navigation-allowed', url)
    }
    const cancelled = await defaultSession.webRequest.isCancelled({
      id: ++lastRequest,
      url,
      method: request.method,
      resourceType: resourceTypes[paused.resourceType] ?? 'other',
    })
    if (cancelled) {
      noteInJournal('request-cancelled', url)
      await fail(requestId, 'BlockedByClient')
      return
    }
    const handler = defaultSession.protocol.handlerFor(url)
    if (handler === undefined) {
      noteInJournal('request-let-through', url)
      await cdp.send('Fetch.continueRequest', { requestId })
      return
    }
    const hasBody = request.postData !== undefined
    const response = await handler(
      new Request(url, {
        method: request.method,
        headers: request.headers,
        ...(hasBody ? { body: request.postData ?? '' } : {}),
      }),
    )
    const location = response.headers.get('location')
    const headers = [...response.headers].map(([name, value]) => ({ name, value }))
    await cdp.send('Fetch.fulfillRequest', {
      requestId,
      responseCode: response.status,
      responseHeaders:
        location === null
          ? headers
          : headers.map((header) =>
              header.name === 'location'
                ? { name: 'location', value: toChromiumUrl(location) }
                : header,
            ),
      body: Buffer.from(await response.arrayBuffer()).toString('base64'),
    })
  }

  cdp.onEvent(({ method, params }) => {
    if (method !== 'Fetch.requestPaused') return
    const paused = params as unknown as Paused
    answer(paused).catch((error: unknown) => {
      process.emitWarning(`stand-in: ${toShellUrl(paused.request.url)}: ${String(error)}`)
      fail(paused.requestId, 'Failed').catch(() => undefined)
    })
  })
  await cdp.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] })
}
