import { EventEmitter } from 'node:events'
import type { Menu, NativeImage, Notification } from 'electron'
import { describe, expect, it } from 'vitest'
import { showNotices } from '../../src-main/shell/desktop-notices.ts'
import type { DesktopBadge, DesktopListener } from '../../src-main/shell/engine-port.ts'
import { showTray } from '../../src-main/shell/tray.ts'

const badgeOf = (count: number): DesktopBadge => ({
  count,
  urgent: count > 0,
  tooltip: `n ${count}`,
  open: 'open',
  alarms: 'alarms',
  quit: 'quit',
})

const desk = () => {
  const told: string[] = []
  let listener: DesktopListener | null = null
  return {
    told,
    engine: {
      onDesktop: (next: DesktopListener) => {
        listener = next
        return () => {
          listener = null
        }
      },
      openRoute: (clientId: number, route: string) => told.push(`route ${clientId} ${route}`),
    },
    say: () => listener,
  }
}

const fakeNotifications = (supported = true) => {
  const made: (EventEmitter & { options: { title?: string } })[] = []
  class Fake extends EventEmitter {
    static isSupported = () => supported
    readonly options: { title?: string }
    constructor(options: { title?: string }) {
      super()
      this.options = options
      made.push(this)
    }
    show(): void {
      this.emit('show')
    }
    close(): void {
      this.emit('close')
    }
  }
  return { made, Notification: Fake as unknown as typeof Notification }
}

const notice = { title: 't', body: 'b', urgent: true, silent: true, route: '/outages/x' }

describe('notices on the desktop', () => {
  it('are not made where the system shows none', () => {
    const { engine, say } = desk()
    const { made, Notification: Fake } = fakeNotifications(false)
    showNotices({ engine, Notification: Fake, clientId: () => 1, focus: () => {}, log: () => {} })
    say()?.notice(notice)
    expect(made).toEqual([])
  })

  it('bring the window to their page when clicked, and end with the shell', () => {
    const { engine, say, told } = desk()
    const { made, Notification: Fake } = fakeNotifications()
    const stop = showNotices({
      engine,
      Notification: Fake,
      clientId: () => 7,
      focus: () => told.push('focus'),
      log: () => {},
    })
    say()?.notice(notice)
    made[0]?.emit('click')
    expect(told).toEqual(['focus', 'route 7 /outages/x'])
    say()?.notice({ ...notice, route: null })
    made[1]?.emit('click')
    expect(told).toEqual(['focus', 'route 7 /outages/x', 'focus'])
    stop()
    expect(say()).toBeNull()
  })

  it('say once that the system refuses them, and keep no more than twenty', () => {
    const { engine, say } = desk()
    const { made, Notification: Fake } = fakeNotifications()
    const logged: string[] = []
    showNotices({
      engine,
      Notification: Fake,
      clientId: () => 1,
      focus: () => {},
      log: (message) => logged.push(message),
    })
    let closed = 0
    for (let index = 0; index < 25; index++) {
      say()?.notice(notice)
      made[index]?.on('close', () => closed++)
    }
    say()?.notice(notice)
    expect(closed).toBeGreaterThan(0)
    made[24]?.emit('failed')
    made[25]?.emit('failed')
    expect(logged).toEqual(['the system shows no notifications'])
  })
})

describe('the tray', () => {
  const trayOf = (options: { fails?: boolean; platform?: NodeJS.Platform } = {}) => {
    const { engine, say, told } = desk()
    const logged: string[] = []
    const clicks: (() => void)[] = []
    class FakeTray {
      constructor() {
        if (options.fails === true) throw new Error('no tray')
      }
      setImage(image: unknown): void {
        told.push(`image ${String(image)}`)
      }
      setToolTip(text: string): void {
        told.push(`says ${text}`)
      }
      setContextMenu(): void {}
      on(): this {
        return this
      }
      destroy(): void {
        told.push('destroyed')
      }
    }
    const stop = showTray({
      engine,
      app: {
        setBadgeCount: (count) => {
          told.push(`badge ${count}`)
          return true
        },
      },
      Tray: FakeTray as unknown as Parameters<typeof showTray>[0]['Tray'],
      Menu: {
        buildFromTemplate: (items: { click?: () => void }[]) => {
          clicks.splice(0, clicks.length, ...items.flatMap(({ click }) => click ?? []))
          return {} as Menu
        },
      } as unknown as typeof Menu,
      createImage: (path) => `image of ${path}` as unknown as NativeImage,
      icons: { calm: 'calm', alarm: 'alarm' },
      platform: options.platform ?? 'linux',
      window: () => ({
        isDestroyed: () => false,
        setOverlayIcon: (image: unknown, text: string) =>
          told.push(`overlay ${String(image)} ${text}`),
      }),
      clientId: () => 3,
      focus: () => told.push('focus'),
      quit: () => told.push('quit'),
      log: (message) => logged.push(message),
    })
    return { say, told, logged, stop, clicks }
  }

  it('is done without on a desktop that has none; the app still bears its number', () => {
    const { say, told, logged } = trayOf({ fails: true })
    say()?.badge(badgeOf(2))
    expect(told).toEqual(['badge 2'])
    expect(logged).toEqual(['this desktop has no tray'])
  })

  it('shows whether something waits, and its menu leads to the alarms', () => {
    const { say, told, clicks, stop } = trayOf()
    say()?.badge(badgeOf(0))
    say()?.badge(badgeOf(4))
    expect(told).toEqual([
      'image calm',
      'says n 0',
      'badge 0',
      'image alarm',
      'says n 4',
      'badge 4',
    ])
    for (const click of clicks) click()
    expect(told.slice(6)).toEqual(['focus', 'focus', 'route 3 /alarms', 'quit'])
    stop()
    expect(told.at(-1)).toBe('destroyed')
  })

  it('marks the icon in the task bar of Windows, with words for a screen reader', () => {
    const { say, told } = trayOf({ platform: 'win32' })
    say()?.badge(badgeOf(1))
    say()?.badge(badgeOf(0))
    expect(told.filter((line) => line.startsWith('overlay'))).toEqual([
      'overlay image of alarm n 1',
      'overlay null ',
    ])
  })
})
