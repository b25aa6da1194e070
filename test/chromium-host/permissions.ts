/**
 * Chromium decides about permissions before the host could be asked, so the shell's handlers are
 * asked once for each permission and their answers are set in Chromium for the app's origin. A
 * permission counts as granted only when the check handler and the request handler both grant it.
 */
import type { CdpConnection } from './cdp-pipe.ts'
import { noteInJournal } from './journal.ts'
import { defaultSession } from './session.ts'

type PermissionName = Parameters<
  NonNullable<Parameters<Electron.Session['setPermissionCheckHandler']>[0]>
>[1]

/** Electron's name → the names of the same thing in Chromium's `Browser.setPermission`. */
const chromiumNames: Readonly<Partial<Record<PermissionName, readonly string[]>>> = {
  'clipboard-read': ['clipboard-read'],
  'clipboard-sanitized-write': ['clipboard-write'],
  geolocation: ['geolocation'],
  'idle-detection': ['idle-detection'],
  'local-fonts': ['local-fonts'],
  media: ['camera', 'microphone'],
  midi: ['midi'],
  notifications: ['notifications'],
  'persistent-storage': ['persistent-storage'],
  'screen-wake-lock': ['screen-wake-lock'],
  sensors: ['accelerometer', 'gyroscope', 'magnetometer'],
  'storage-access': ['storage-access'],
  'window-management': ['window-management'],
}

const isRequestGranted = (contents: unknown, permission: PermissionName): Promise<boolean> => {
  const handler = defaultSession.handlers.request
  if (handler === null) return Promise.resolve(true)
  return new Promise((resolve) => {
    handler(contents as Electron.WebContents, permission, resolve, {
      isMainFrame: true,
      requestingUrl: 'app://console/',
    })
  })
}

const isCheckGranted = (contents: unknown, permission: PermissionName, origin: string): boolean =>
  defaultSession.handlers.check?.(contents as Electron.WebContents, permission, origin, {
    isMainFrame: true,
    requestingUrl: 'app://console/',
  } as Electron.PermissionCheckHandlerHandlerDetails) ?? true

export const applyPermissions = async (
  cdp: CdpConnection,
  contents: unknown,
  chromiumOrigin: string,
): Promise<void> => {
  for (const [name, descriptors] of Object.entries(chromiumNames)) {
    const permission = name as PermissionName
    const granted =
      isCheckGranted(contents, permission, 'app://console/') &&
      (await isRequestGranted(contents, permission))
    noteInJournal(granted ? 'permission-granted' : 'permission-refused', permission)
    for (const descriptor of descriptors) {
      await cdp.send('Browser.setPermission', {
        permission: { name: descriptor },
        setting: granted ? 'granted' : 'denied',
        origin: chromiumOrigin,
      })
    }
  }
}
