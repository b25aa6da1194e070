import type { Bridge } from '../../src-shared/contract/envelope.ts'

declare global {
  interface Window {
    readonly nocturne: Bridge
  }
}
