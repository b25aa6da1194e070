/** Of each rule of scripts/lint: what it must find, and what looks like it and is none. */
export const examples: Readonly<
  Record<string, { readonly bad: readonly string[]; readonly good: readonly string[] }>
> = {
  'electron-imports': {
    bad: [
      `import { shell } from 'electron'`,
      `import { shell as other } from 'electron'`,
      `import electron from 'electron'`,
      `import * as electron from 'electron'`,
      `import { net } from 'electron/main'`,
      `import { type App, session } from 'electron'`,
      `export { shell } from 'electron'`,
      `export * from 'electron'`,
      `const { shell } = require('electron')`,
      `const { shell } = await import('electron')`,
      `import electron = require('electron')`,
      `const all = process.getBuiltinModule('electron')`,
    ],
    good: [
      `import type { Shell } from 'electron'`,
      `import { type Shell } from 'electron'`,
      `export type { Shell } from 'electron'`,
      `import { shell } from './electron.ts'`,
    ],
  },
  'remote-module': {
    bad: [
      `import { initialize } from '@electron/remote/main'`,
      `const remote = require('@electron/remote')`,
      `const options = { enableRemoteModule: true }`,
      `settings.enableRemoteModule = true`,
    ],
    good: [`const { remoteAddress } = socket`],
  },
  'ipc-main': {
    bad: [
      `ipcMain.handle('a', () => 1)`,
      `options.ipcMain.on('a', () => 1)`,
      `options['ipcMain'].handleOnce('a', () => 1)`,
      `ipcMain['on']('a', () => 1)`,
      `;(ipcMain as Port)!.on('a', () => 1)`,
      `const { handle } = ipcMain`,
      `const channel = ipcMain`,
      `const { ipcMain: channel } = options`,
      `import { ipcMain as channel } from 'electron'`,
    ],
    good: [
      `start({ ipcMain: options.ipcMain })`,
      `const { ipcMain } = options`,
      `port.handle('a')`,
    ],
  },
  'ipc-renderer': {
    bad: [
      `ipcRenderer.send('a')`,
      `window.ipcRenderer.invoke('a')`,
      `const { sendSync } = ipcRenderer`,
      `const way = electron.ipcRenderer`,
    ],
    good: [`client.invoke('a')`],
  },
  'context-bridge': {
    bad: [
      `contextBridge.exposeInMainWorld('api', {})`,
      `contextBridge.exposeInIsolatedWorld(1, 'api', {})`,
      `const { exposeInMainWorld } = contextBridge`,
    ],
    good: [`bridge.invoke('a')`],
  },
  'hand-over-to-system': {
    bad: [
      `shell.openExternal(link)`,
      `options.shell?.openPath(path)`,
      `const { openExternal } = shell`,
      `electron['shell']['showItemInFolder'](path)`,
      `shell.trashItem(path)`,
    ],
    good: [`import { openExternal } from './open-external.ts'\nopenExternal(port, link)`],
  },
  'window-factory': {
    bad: [
      `new BrowserWindow(options)`,
      `new electron.BaseWindow(options)`,
      `new options.WebContentsView()`,
      `class Own extends BrowserWindow {}`,
    ],
    good: [`const window = windows.find((each) => each instanceof BrowserWindow)`],
  },
  'web-preferences': {
    bad: [
      `const options = { ...windowOptions(), webPreferences: { devTools: true } }`,
      `const options = { 'webPreferences': base }`,
      `const webPreferences = base\nconst options = { webPreferences }`,
      `options.webPreferences = {}`,
      `const page = { nodeIntegration: true }`,
      `page['webSecurity'] = false`,
    ],
    good: [`const { webPreferences } = windowOptions()`, `expect(options.webPreferences)`],
  },
  'page-scripts': {
    bad: [
      `contents.executeJavaScript('1')`,
      `window.webContents.openDevTools()`,
      `const { insertCSS } = contents`,
      `session.registerPreloadScript({})`,
    ],
    good: [`contents.send('event', 'a')`, `const item = { role: 'toggleDevTools' }`],
  },
  'session-policy': {
    bad: [
      `session.setPermissionRequestHandler(null)`,
      `session.defaultSession.setCertificateVerifyProc(all)`,
      `contents.setWindowOpenHandler(open)`,
      `const { webRequest } = session`,
    ],
    good: [`session.on('will-download', save)`],
  },
  protocols: {
    bad: [
      `protocol.handle('file', answer)`,
      `session.protocol.interceptFileProtocol('a', answer)`,
      `const { registerSchemesAsPrivileged } = electron.protocol`,
      `app.setAsDefaultProtocolClient('nocturne')`,
    ],
    good: [
      `serve(protocol, folder)`,
      `const { protocol } = new URL(text)`,
      `protocol.injectSocket(a)`,
    ],
  },
  'system-dialogs': {
    bad: [
      `dialog.showOpenDialogSync({})`,
      `electron.dialog.showErrorBox(title, text)`,
      `const { showMessageBox } = dialog`,
    ],
    good: [`dialog.showModal()`],
  },
  'command-line': {
    bad: [
      `app.commandLine.appendSwitch('no-sandbox')`,
      `const { commandLine } = app`,
      `line.appendSwitch('a')`,
    ],
    good: [`args.append('--demo')`],
  },
  'powerful-modules': {
    bad: [
      `import { spawn } from 'node:child_process'`,
      `import { createServer } from 'net'`,
      `import { isIP, connect } from 'node:net'`,
      `import * as vm from 'node:vm'`,
      `import inspector from 'node:inspector/promises'`,
      `const http = require('http')`,
      `const tls = await import('node:tls')`,
      `const child = process.getBuiltinModule('child_process')`,
      `export { request } from 'node:https'`,
    ],
    good: [
      `import type { Socket } from 'node:net'`,
      `import { isIP } from 'node:net'`,
      `import { join } from 'node:path'`,
    ],
  },
  'file-writes': {
    bad: [
      `import { writeFileSync } from 'node:fs'`,
      `import { readFileSync, rmSync as remove } from 'fs'`,
      `import { open } from 'node:fs/promises'`,
      `import * as fs from 'node:fs'`,
      `import fs from 'node:fs'`,
      `import { promises } from 'node:fs'`,
      `const { writeFile } = await import('node:fs/promises')`,
      `const fs = require('fs')`,
    ],
    good: [
      `import { existsSync, readFileSync, statSync } from 'node:fs'`,
      `import { readFile } from 'node:fs/promises'`,
      `import type { WriteStream } from 'node:fs'`,
    ],
  },
  'own-machine-only': {
    bad: [
      `import { createServer } from 'node:net'\ncreateServer().listen(80)`,
      `import { createServer } from 'node:http'\ncreateServer().listen(0, '0.0.0.0')`,
      `import type { Server } from 'node:net'\nexport const start = (server: Server, host: string) => server.listen(0, host)`,
      `import { createSocket } from 'node:dgram'\ncreateSocket('udp4').bind(161)`,
      `import { createServer } from 'node:https'\ncreateServer().listen({ port: 0, host: '::' })`,
    ],
    good: [
      `import { createServer } from 'node:http'\ncreateServer().listen(0, '127.0.0.1')`,
      `import { createServer } from 'node:http'\ncreateServer().listen({ port: 0, host: '::1' })`,
      `import { createSocket } from 'node:dgram'\ncreateSocket('udp4').bind(0, '127.0.0.1')`,
      `facts.listen({ changed })`,
    ],
  },
  environment: {
    bad: [
      `const password = process.env.NOCTURNE_PASSWORD`,
      `const all = { ...process.env }`,
      `const { env } = process`,
      `const { HOME } = process.env`,
      `import { env } from 'node:process'`,
      `import process from 'node:process'`,
    ],
    good: [`const { platform } = process`, `const env = { LANG: 'C' }`, `run({ env })`],
  },
  'checked-certificates': {
    bad: [
      `connect({ rejectUnauthorized: false })`,
      `connect({ rejectUnauthorized: isStrict })`,
      `connect({ checkServerIdentity: () => undefined })`,
      `options.rejectUnauthorized = false`,
      `process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'`,
      `import { allowInsecureRequests } from 'openid-client'`,
      `client.allowInsecureRequests(configuration)`,
    ],
    good: [`connect({ rejectUnauthorized: true })`],
  },
  'code-from-text': {
    bad: [
      `eval(text)`,
      `globalThis.eval(text)`,
      `new Function('a', text)`,
      `Function(text)()`,
      `act.constructor(text)()`,
      `setTimeout('act()', 10)`,
      `await import(path)`,
      `process.dlopen(module, path)`,
      `const link = 'javascript:act()'`,
    ],
    good: [
      `setTimeout(act, 10)`,
      `await import('./page.tsx')`,
      `evaluate(text)`,
      `class A { constructor() {} }`,
    ],
  },
  'markup-from-text': {
    bad: [
      `element.innerHTML = text`,
      `element['outerHTML'] = text`,
      `element.insertAdjacentHTML('beforeend', text)`,
      `document.write(text)`,
      `new DOMParser().parseFromString(text, 'text/html')`,
      `export const a = <div dangerouslySetInnerHTML={{ __html: text }} />`,
      `const props = { dangerouslySetInnerHTML: { __html: text } }`,
      `export const a = <iframe srcDoc={text} />`,
    ],
    good: [
      `element.textContent = text`,
      `stream.write(text)`,
      `export const a = <div>{text}</div>`,
    ],
  },
  'web-requests': {
    bad: [
      `await fetch('https://example.invalid')`,
      `globalThis.fetch(url)`,
      `new WebSocket(url)`,
      `new window.XMLHttpRequest()`,
      `new EventSource(url)`,
      `navigator.sendBeacon(url)`,
    ],
    good: [`query.fetch()`, `const { fetchedAt } = state`],
  },
  'page-bridge': {
    bad: [
      `window.nocturne.invoke('a', {})`,
      `const { nocturne } = window`,
      `globalThis['confirmation'].answer('yes')`,
    ],
    good: [`client.nocturne`, `const confirmation = await ask()`],
  },
  'page-storage': {
    bad: [
      `localStorage.setItem('token', token)`,
      `window.sessionStorage.clear()`,
      `window['localStorage'].clear()`,
      `document.cookie = text`,
      `const base = indexedDB.open('a')`,
      `await caches.open('a')`,
    ],
    good: [`const keep = { localStorage: 0 }`, `olt.cookie`],
  },
  'page-navigation': {
    bad: [
      `window.open(link)`,
      `location.href = link`,
      `window.location = link`,
      `window.location.assign(link)`,
      `location.reload()`,
    ],
    good: [`const { href } = window.location`, `text.replace('a', 'b')`, `store.open(path)`],
  },
}
