import type { MenuItemConstructorOptions } from 'electron'

/**
 * The application menu. Only roles, so that the system words and translates them, and only
 * accelerators that the renderer does not use (a test compares both lists): a menu's accelerator
 * wins over the page.
 */
export const menuTemplate = (options: {
  readonly platform: NodeJS.Platform
  readonly packaged: boolean
}): MenuItemConstructorOptions[] => {
  const isMac = options.platform === 'darwin'
  const separator: MenuItemConstructorOptions = { type: 'separator' }
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    { role: 'fileMenu', submenu: [isMac ? { role: 'close' } : { role: 'quit' }] },
    { role: 'editMenu' },
    {
      role: 'viewMenu',
      submenu: [
        { role: 'reload' },
        // SECURITY: row 36, no developer tools in a package.
        ...(options.packaged ? [] : [{ role: 'toggleDevTools' } as const]),
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        separator,
        { role: 'togglefullscreen' },
      ],
    },
    { role: 'windowMenu' },
  ]
}
