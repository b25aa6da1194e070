import { EventEmitter } from 'node:events'
import type { App, Session, WebContents } from 'electron'
import { describe, expect, it } from 'vitest'
import {
  confineContents,
  confineSession,
  grantedPermissions,
  installPolicy,
  isPermissionGranted,
  isRequestAllowed,
} from '../../src-main/shell/policy.ts'

const packaged = { packaged: true }

describe('what a page may request', () => {
  it.each([
    'https://example.invalid/',
    'http://console/',
    'https://console/',
    'ws://console/',
    'app://evil/',
    'app://console.evil/',
    'app://console@evil/',
    'app://user@console/',
    'app://console:80/',
    'apps://console/',
    'file:///etc/passwd',
    'file://console/etc/passwd',
    'ftp://console/',
    'chrome://version/',
    'chrome-extension://abc/x.js',
    'blob:https://example.invalid/1',
    'blob:null/1',
    'about:blank',
    'javascript:alert(1)',
    'not a url',
    '',
  ])('refuses %s', (url) => {
    expect(isRequestAllowed(url, packaged)).toBe(false)
  })

  it.each([
    'app://console/',
    'app://console/assets/index.js?v=1#x',
    'blob:app://console/6f0b',
    'data:image/png;base64,AAAA',
  ])('lets %s through', (url) => {
    expect(isRequestAllowed(url, packaged)).toBe(true)
  })

  it('refuses developer tools in a package and lets them load in development', () => {
    expect(isRequestAllowed('devtools://devtools/bundled/x.js', packaged)).toBe(false)
    expect(isRequestAllowed('devtools://devtools/bundled/x.js', { packaged: false })).toBe(true)
  })
})

describe('permissions', () => {
  it('are an allow-list of one', () => {
    expect([...grantedPermissions]).toEqual(['clipboard-sanitized-write'])
  })

  it.each(['geolocation', 'media', 'notifications', 'usb', 'hid', 'serial', 'openExternal', ''])(
    'refuse %s to the console itself',
    (permission) => {
      expect(isPermissionGranted(permission, 'app://console/')).toBe(false)
    },
  )

  it('refuse even the one to anybody else', () => {
    expect(isPermissionGranted('clipboard-sanitized-write', 'https://console/')).toBe(false)
    expect(isPermissionGranted('clipboard-sanitized-write', 'null')).toBe(false)
    expect(isPermissionGranted('clipboard-sanitized-write', '')).toBe(false)
    expect(isPermissionGranted('clipboard-sanitized-write', 'app://console/')).toBe(true)
  })
})

const prevented = () => {
  const event = {
    url: 'app://console/',
    defaultPrevented: false,
    preventDefault: () => {
      event.defaultPrevented = true
    },
  }
  return event
}

type OpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0]

const fakeContents = () => {
  let openHandler: OpenHandler | undefined
  const contents = Object.assign(new EventEmitter(), {
    setWindowOpenHandler: (handler: OpenHandler) => {
      openHandler = handler
    },
  })
  return {
    contents: contents as unknown as WebContents,
    emitter: contents as EventEmitter,
    open: () => openHandler?.({ url: 'app://console/' } as Electron.HandlerDetails),
  }
}

describe('contents', () => {
  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])(
    'are refused %s, also to the console itself',
    (name) => {
      const { contents, emitter } = fakeContents()
      confineContents(contents, () => undefined)
      expect(wasPrevented(emitter, name)).toBe(true)
    },
  )

  it('open no window', () => {
    const { contents, open } = fakeContents()
    const refusals: string[] = []
    confineContents(contents, (what) => refusals.push(what))
    expect(open()).toEqual({ action: 'deny' })
    expect(refusals).toEqual(['new window'])
  })

  it('choose no Bluetooth device, where Electron would take the first', () => {
    const { contents, emitter } = fakeContents()
    confineContents(contents, () => undefined)
    const event = prevented()
    const chosen: string[] = []
    const choose = (id: string) => chosen.push(id)
    emitter.emit('select-bluetooth-device', event, [{ deviceId: 'a' }], choose)
    expect(event.defaultPrevented).toBe(true)
    expect(chosen).toEqual([''])
  })
})

const wasPrevented = (emitter: EventEmitter, name: string, ...more: unknown[]): boolean => {
  const event = prevented()
  emitter.emit(name, event, ...more)
  return event.defaultPrevented
}

const fakeSession = () => {
  const registered: Record<string, unknown> = {}
  const keep = (name: string) => (handler: unknown) => {
    registered[name] = handler
  }
  const session = Object.assign(new EventEmitter(), {
    setPermissionRequestHandler: keep('request'),
    setPermissionCheckHandler: keep('check'),
    setDevicePermissionHandler: keep('device'),
    setDisplayMediaRequestHandler: keep('displayMedia'),
    webRequest: { onBeforeRequest: keep('beforeRequest') },
  })
  return { session: session as unknown as Session, emitter: session as EventEmitter, registered }
}

type Handler = (...args: unknown[]) => unknown

describe('the session', () => {
  const confined = () => {
    const fake = fakeSession()
    const refusals: string[] = []
    confineSession(fake.session, packaged, (what) => refusals.push(what))
    const call = (name: string, ...args: unknown[]) => (fake.registered[name] as Handler)(...args)
    return { ...fake, refusals, call }
  }

  it('refuses a permission asked from a frame inside the page', () => {
    const { call } = confined()
    const answers: unknown[] = []
    const ask = (permission: string, isMainFrame: boolean) =>
      call('request', null, permission, (granted: boolean) => answers.push(granted), {
        isMainFrame,
        requestingUrl: 'app://console/',
      })
    ask('clipboard-sanitized-write', false)
    ask('geolocation', true)
    ask('clipboard-sanitized-write', true)
    expect(answers).toEqual([false, false, true])
  })

  it('refuses every check but one, every device and every screen capture', () => {
    const { call } = confined()
    expect(call('check', null, 'hid', 'app://console/', {})).toBe(false)
    expect(call('check', null, 'clipboard-sanitized-write', 'app://console/', {})).toBe(true)
    expect(call('device', { deviceType: 'usb', origin: 'app://console/' })).toBe(false)
    const streams: unknown[] = []
    call('displayMedia', {}, (stream: unknown) => streams.push(stream))
    expect(streams).toEqual([null])
  })

  it('cancels requests to elsewhere and says so without the URL', () => {
    const { call, refusals } = confined()
    const answers: unknown[] = []
    const answer = (response: unknown) => answers.push(response)
    call('beforeRequest', { url: 'https://example.invalid/?community=s3cret' }, answer)
    call('beforeRequest', { url: 'app://console/assets/a.js' }, answer)
    expect(answers).toEqual([{ cancel: true }, { cancel: false }])
    expect(refusals).toEqual(['request to elsewhere'])
  })

  it('refuses every download but an export of the console, which asks where it goes', () => {
    const { emitter, refusals } = confined()
    const asked: unknown[] = []
    const download = (url: string, name: string): boolean =>
      wasPrevented(emitter, 'will-download', {
        getURL: () => url,
        getFilename: () => name,
        setSaveDialogOptions: (options: unknown) => asked.push(options),
      })
    const own = 'blob:app://console/1234'
    for (const [url, name] of [
      [own, 'x.exe'],
      [own, 'x.csv.exe'],
      [own, '../x.csv'],
      [own, '.csv'],
      [own, 'C:\\x.csv'],
      [own, 'x\u0000.csv'],
      ['blob:https://example.invalid/1', 'x.csv'],
      ['https://example.invalid/x.csv', 'x.csv'],
      ['data:text/csv,x', 'x.csv'],
      ['app://console/x.csv', 'x.csv'],
    ] as const) {
      expect(download(url, name), `${url} ${name}`).toBe(true)
    }
    expect(asked).toEqual([])
    expect(new Set(refusals)).toEqual(new Set(['download']))
    expect(download(own, 'onus 2026-11-22 Tanjung, pos utara.csv')).toBe(false)
    expect(download(own, 'hand-over.pdf')).toBe(false)
    expect(asked).toMatchObject([
      { filters: [{ extensions: ['csv'] }] },
      { defaultPath: 'hand-over.pdf' },
    ])
  })
})

describe('the policy', () => {
  it('reaches every webContents that is created, until it is taken back', () => {
    const app = new EventEmitter()
    const stop = installPolicy({
      app: app as unknown as App,
      session: fakeSession().session,
      packaged: true,
      refused: () => undefined,
    })
    const first = fakeContents()
    app.emit('web-contents-created', {}, first.contents)
    expect(wasPrevented(first.emitter, 'will-navigate')).toBe(true)
    stop()
    const second = fakeContents()
    app.emit('web-contents-created', {}, second.contents)
    expect(wasPrevented(second.emitter, 'will-navigate')).toBe(false)
  })
})
