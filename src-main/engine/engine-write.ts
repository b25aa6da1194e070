import type { Store } from '../store/open-store.ts'
import { runCommand, type Transaction } from '../store/write-path.ts'
import type { Clock } from './clock.ts'

/** What the engine does by itself: one audited transaction. */
export type EngineWrite = (
  name: string,
  auditInput: object,
  apply: (tx: Transaction) => void,
) => void

export const createEngineWrite =
  (
    store: Store,
    deps: { readonly clock: Pick<Clock, 'now'>; readonly newId: () => string },
  ): EngineWrite =>
  (name, auditInput, apply) => {
    runCommand(
      store,
      {
        commandId: deps.newId(),
        name,
        actor: { accountId: null, sessionId: null, clientKind: 'engine' },
        auditInput,
        at: deps.clock.now(),
      },
      (tx) => {
        apply(tx)
        return { result: {} }
      },
    )
  }
