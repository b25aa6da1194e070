import type { ProbeState } from './use-probe.ts'

/** What "save" means now, from what the last test found and whether it still holds. */
export interface SaveOffer {
  /** Key of its label under `olts.addScreen`. */
  readonly label: 'save' | 'saveUntested' | 'saveGeneric' | 'saveAnyway'
  /** A test vouches for this very connection: saving is the next sensible thing. */
  readonly tested: boolean
  /** There was a test, of another connection. */
  readonly outdated: boolean
}

export const saveOffer = (state: ProbeState, connection: string): SaveOffer => {
  if (state.kind !== 'done' && state.kind !== 'failed') {
    return { label: 'saveUntested', tested: false, outdated: false }
  }
  if (state.connection !== connection) {
    return { label: 'saveUntested', tested: false, outdated: true }
  }
  if (state.kind === 'failed') return { label: 'saveAnyway', tested: false, outdated: false }
  switch (state.result.kind) {
    case 'recognised':
      return { label: 'save', tested: true, outdated: false }
    case 'unknown-family':
      return { label: 'saveGeneric', tested: true, outdated: false }
    case 'not-an-olt':
    case 'failed':
      return { label: 'saveAnyway', tested: false, outdated: false }
  }
}
