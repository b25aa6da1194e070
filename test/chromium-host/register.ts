/**
 * Lets the built main.js run without Electron: `node --import ./test/chromium-host/register.ts
 * out/main/main.js`. The only thing it does is to answer the bare specifier `electron` with the
 * stand-in of this folder. Never part of a package.
 */
import { registerHooks } from 'node:module'

const standIn = new URL('./electron.ts', import.meta.url).href
const electronSpecifiers = new Set(['electron', 'electron/main', 'electron/common'])

registerHooks({
  resolve: (specifier, context, nextResolve) =>
    electronSpecifiers.has(specifier)
      ? { url: standIn, format: 'module-typescript', shortCircuit: true }
      : nextResolve(specifier, context),
})
