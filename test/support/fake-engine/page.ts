/// <reference types="vite/client" />
import { createFakeBridge } from './fake-bridge.ts'
import { readOptions } from './fake-options.ts'

// The bridge has to stand before the console's first line runs.
Object.defineProperty(window, 'nocturne', {
  value: createFakeBridge(readOptions(window.location.search)),
})
await import('../../../src-renderer/main.tsx')
