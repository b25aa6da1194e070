/// <reference types="vite/client" />
import '../../../src-renderer/app/no-eval.ts'

const { readOptions } = await import('./fake-options.ts')
const { createFakeBridge } = await import('./fake-bridge.ts')

// The bridge has to stand before the console's first line runs.
Object.defineProperty(window, 'nocturne', {
  value: createFakeBridge(readOptions(window.location.search)),
})
await import('../../../src-renderer/main.tsx')
