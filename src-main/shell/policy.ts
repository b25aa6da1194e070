import type { App, Session, WebContents } from 'electron'
import { isAppUrl } from './app-address.ts'

/** The one thing a page may ask for: to write text to the clipboard when a person presses "copy". */
export const grantedPermissions: ReadonlySet<string> = new Set(['clipboard-sanitized-write'])

/** A permission is for the console's own top page; `requestingUrl` may be an origin. */
export const isPermissionGranted = (permission: string, requestingUrl: string): boolean =>
  grantedPermissions.has(permission) && isAppUrl(requestingUrl)

/**
 * Whether a request may leave the page. `data:` and `blob:` carry their content in themselves or
 * in this very page; what they may be used for is the CSP's business. Developer tools load their
 * own pages, in a build that has them.
 */
export const isRequestAllowed = (url: string, options: { readonly packaged: boolean }): boolean => {
  if (isAppUrl(url) || url.startsWith('data:')) return true
  if (url.startsWith('blob:')) return isAppUrl(url.slice('blob:'.length))
  return !options.packaged && url.startsWith('devtools://')
}

const exportKinds = ['csv', 'png', 'pdf'] as const

/**
 * What a file is that the console made in its own page and hands out; null: it is none of those, or
 * its name is no plain one.
 */
export const exportKindOf = (
  url: string,
  fileName: string,
): (typeof exportKinds)[number] | null => {
  if (!url.startsWith('blob:') || !isAppUrl(url.slice('blob:'.length))) return null
  if (!/^[^\p{Cc}\\/:*?"<>|.][^\p{Cc}\\/:*?"<>|]{0,150}$/u.test(fileName)) return null
  return exportKinds.find((kind) => fileName.toLowerCase().endsWith(`.${kind}`)) ?? null
}

type Refused = (what: string) => void

/** For every webContents there will ever be: it stays where it is and opens nothing. */
export const confineContents = (contents: WebContents, refused: Refused): void => {
  // SECURITY: row 13. The console changes places without navigating; loads come from main alone.
  contents.on('will-navigate', (event) => {
    event.preventDefault()
    refused('navigation')
  })
  contents.on('will-frame-navigate', (event) => {
    event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    event.preventDefault()
    refused('redirect')
  })
  // SECURITY: row 14.
  contents.setWindowOpenHandler(() => {
    refused('new window')
    return { action: 'deny' }
  })
  // SECURITY: rows 11 and 12.
  contents.on('will-attach-webview', (event) => {
    event.preventDefault()
    refused('webview')
  })
  // SECURITY: row 5. Unhandled, Electron would pick the first Bluetooth device by itself.
  contents.on('select-bluetooth-device', (event, _devices, choose) => {
    event.preventDefault()
    choose('')
  })
}

export const confineSession = (
  session: Session,
  options: { readonly packaged: boolean },
  refused: Refused,
): void => {
  // SECURITY: row 5, request, check and device handlers; each is needed (Electron's own list).
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const granted = details.isMainFrame && isPermissionGranted(permission, details.requestingUrl)
    if (!granted) refused(`permission ${permission}`)
    answer(granted)
  })
  session.setPermissionCheckHandler((_contents, permission, origin) =>
    isPermissionGranted(permission, origin),
  )
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, answer) => {
    refused('screen capture')
    answer(null)
  })
  // SECURITY: row 1, nothing remote at all.
  session.webRequest.onBeforeRequest((details, answer) => {
    const allowed = isRequestAllowed(details.url, options)
    if (!allowed) refused('request to elsewhere')
    answer({ cancel: !allowed })
  })
  // SECURITY: a page drops nothing on the disk by itself. What the console exports, and nothing a
  // system would run, goes where the person says in the system's own dialog.
  session.on('will-download', (event, item) => {
    const name = item.getFilename()
    const kind = exportKindOf(item.getURL(), name)
    if (kind === null) {
      event.preventDefault()
      refused('download')
      return
    }
    item.setSaveDialogOptions({
      defaultPath: name,
      filters: [{ name: kind.toUpperCase(), extensions: [kind] }],
    })
  })
}

/**
 * Puts the whole policy in force, before the first window exists. `refused` gets the kind of thing
 * that was refused, never a URL: it may carry what should not be in a log.
 */
export const installPolicy = (options: {
  readonly app: Pick<App, 'on' | 'off'>
  readonly session: Session
  readonly packaged: boolean
  readonly refused: Refused
}): (() => void) => {
  const confine = (_event: unknown, contents: WebContents): void => {
    confineContents(contents, options.refused)
  }
  options.app.on('web-contents-created', confine)
  confineSession(options.session, { packaged: options.packaged }, options.refused)
  return () => {
    options.app.off('web-contents-created', confine)
  }
}
