import type { Notification } from 'electron'
import type { DesktopNotice, EnginePort } from './engine-port.ts'

type NotificationClass = Pick<typeof Notification, 'isSupported'> &
  (new (options: Electron.NotificationConstructorOptions) => Notification)

/** Kept so that a click finds its way also after garbage was collected; the oldest are closed. */
const mostOpen = 20

/** Shows the engine's notices on the desktop; a click brings the window to its page. */
export const showNotices = (options: {
  readonly engine: Pick<EnginePort, 'onDesktop' | 'openRoute'>
  readonly Notification: NotificationClass
  readonly clientId: () => number | null
  readonly focus: () => void
  readonly log: (message: string) => void
}): (() => void) => {
  const { engine, Notification } = options
  const open: Notification[] = []
  let isLogged = false

  const forget = (notification: Notification): void => {
    const index = open.indexOf(notification)
    if (index >= 0) open.splice(index, 1)
  }

  const show = ({ title, body, urgent, silent, route }: DesktopNotice): void => {
    if (!Notification.isSupported()) return
    const notification = new Notification({
      title,
      body,
      silent,
      urgency: urgent ? 'critical' : 'normal',
    })
    notification.on('click', () => {
      forget(notification)
      options.focus()
      const clientId = options.clientId()
      if (route !== null && clientId !== null) engine.openRoute(clientId, route)
    })
    notification.on('close', () => forget(notification))
    notification.on('failed', () => {
      forget(notification)
      if (!isLogged) options.log('the system shows no notifications')
      isLogged = true
    })
    open.push(notification)
    notification.show()
    if (open.length > mostOpen) open.shift()?.close()
  }

  const stop = engine.onDesktop({ notice: show, badge: () => undefined })
  return () => {
    stop()
    for (const notification of open.splice(0)) notification.close()
  }
}
