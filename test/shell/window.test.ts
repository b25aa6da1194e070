import { describe, expect, it } from 'vitest'
import { defaultWindowSize, windowOptions } from '../../src-main/shell/window.ts'

const options = (packaged: boolean) =>
  windowOptions({ preloadPath: '/app/preload.cjs', packaged, size: defaultWindowSize })

describe('the window', () => {
  it('states every setting that security depends on', () => {
    expect(options(true)).toMatchInlineSnapshot(`
      {
        "autoHideMenuBar": true,
        "backgroundColor": "#16181d",
        "height": 900,
        "minHeight": 600,
        "minWidth": 960,
        "show": false,
        "title": "Nocturne",
        "useContentSize": true,
        "webPreferences": {
          "allowRunningInsecureContent": false,
          "contextIsolation": true,
          "devTools": false,
          "disableBlinkFeatures": "Auxclick",
          "experimentalFeatures": false,
          "navigateOnDragDrop": false,
          "nodeIntegration": false,
          "nodeIntegrationInSubFrames": false,
          "nodeIntegrationInWorker": false,
          "plugins": false,
          "preload": "/app/preload.cjs",
          "safeDialogs": true,
          "sandbox": true,
          "spellcheck": false,
          "webSecurity": true,
          "webviewTag": false,
        },
        "width": 1440,
      }
    `)
  })

  it('has developer tools only where the console is not packaged', () => {
    expect(options(true).webPreferences?.devTools).toBe(false)
    expect(options(false).webPreferences?.devTools).toBe(true)
  })

  it('gives a page no Node in any place, whatever the build', () => {
    for (const packaged of [true, false]) {
      expect(options(packaged).webPreferences).toMatchObject({
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        contextIsolation: true,
        sandbox: true,
        webSecurity: true,
        webviewTag: false,
      })
      expect(options(packaged).webPreferences).not.toHaveProperty('enableBlinkFeatures')
    }
  })
})
