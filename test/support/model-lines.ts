import type { LinePort } from '../../src-main/engine/capability-ports.ts'
import type { NetworkFacts } from '../../src-main/engine/network-facts.ts'
import { createLinePort } from '../../src-main/provisioning/services/line-port.ts'
import type { Store } from '../../src-main/store/open-store.ts'
import { onuStates } from '../../src-shared/domain/onu-state.ts'
import type { ManualClock } from './manual-clock.ts'

/** Provisioning's own wanted states over a few ONUs that a test names; no OLT is behind them. */
export const createModelLines = () => {
  const onus: { oltId: string; serial: string; address: number; state: string }[] = []
  const said: string[] = []
  let looks = 0
  const facts = {
    olt: () => ({ name: 'North' }),
    oltOfRow: (row: number) => ({ id: onus[row]!.oltId }),
    onus: {
      address: (row: number) => onus[row]!.address,
      state: (row: number) => onuStates.indexOf(onus[row]!.state as (typeof onuStates)[number]),
    },
  } as unknown as NetworkFacts
  return {
    onus,
    said,
    looks: () => looks,
    portOf: ({ clock }: { readonly clock: ManualClock }): LinePort =>
      createLinePort({
        clock,
        facts,
        configs: {
          obstacle: () => null,
          abilities: () => null,
          of: () =>
            ({
              render: () => ({ via: 'cli', lines: [{ mode: 'pon', line: 'ont deactivate 1' }] }),
            }) as never,
          listen: () => () => undefined,
        },
        withSerial: (serial) => onus.flatMap((onu, row) => (onu.serial === serial ? [row] : [])),
        onuWanted: (_tx, { serial }, { desired, cause }) =>
          void said.push(`${serial} ${desired} ${cause ?? 'hand'}`),
        reconciler: { look: () => void (looks += 1) },
        events: { changed: () => undefined },
      }),
    wanted: (store: Store) =>
      store.reader
        .prepare<[], { serial: string; desired: string; source: string; cause: string | null }>(
          `SELECT serial, desired, source, cause FROM provisioning_service ORDER BY serial`,
        )
        .all()
        .map((row) => ({ ...row })),
  }
}
