import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { shortcuts } from '../../src-renderer/app/shortcuts.ts'
import { menuTemplate } from '../../src-main/shell/menu.ts'

/** What Electron binds to a role, on either platform (Electron's docs, MenuItem roles). */
const roleAccelerators: Readonly<Record<string, readonly string[]>> = {
  appMenu: ['mod+h', 'mod+alt+h', 'mod+q'],
  close: ['mod+w'],
  quit: ['mod+q'],
  editMenu: ['mod+z', 'mod+shift+z', 'mod+y', 'mod+x', 'mod+c', 'mod+v', 'mod+a', 'mod+shift+v'],
  reload: ['mod+r'],
  toggleDevTools: ['mod+shift+i', 'mod+alt+i'],
  resetZoom: ['mod+0'],
  zoomIn: ['mod+plus'],
  zoomOut: ['mod+-'],
  togglefullscreen: ['f11', 'mod+ctrl+f'],
  windowMenu: ['mod+m', 'mod+w'],
}

const leaves = (items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
  items.flatMap((item) => (Array.isArray(item.submenu) ? leaves(item.submenu) : [item]))

const platforms = ['linux', 'win32', 'darwin'] as const

describe('the application menu', () => {
  it.each(platforms)('takes no key away from the page on %s', (platform) => {
    const used = new Set<string>(Object.values(shortcuts).map(({ keys }) => keys.toLowerCase()))
    for (const item of leaves(menuTemplate({ platform, packaged: false }))) {
      if (item.type === 'separator') continue
      expect(item.accelerator).toBeUndefined()
      const known = roleAccelerators[item.role ?? '']
      expect(known, `unknown role ${String(item.role)}`).toBeDefined()
      for (const accelerator of known ?? []) expect(used).not.toContain(accelerator)
    }
  })

  it.each(platforms)('offers no developer tools in a package on %s', (platform) => {
    const roles = (packaged: boolean) =>
      leaves(menuTemplate({ platform, packaged })).map(({ role }) => role)
    expect(roles(true)).not.toContain('toggleDevTools')
    expect(roles(false)).toContain('toggleDevTools')
  })
})
