import type { OltConfigFacts } from '../../src-main/alarms/detect/watch-olt-configs.ts'
import { createWatchedNetwork, type WatchedNetwork } from './watched-network.ts'

type ConfigNetwork = WatchedNetwork & { readonly mend: () => void }

/** A network whose OLT's configuration stands so until it is mended. */
const withConfigs = (facts: Omit<OltConfigFacts, 'oltId'>): ConfigNetwork => {
  let now: Omit<OltConfigFacts, 'oltId'> = facts
  const network: WatchedNetwork = createWatchedNetwork({
    console: { oltConfigs: () => [{ oltId: network.record.row.id, ...now }] },
  })
  return Object.assign(network, {
    mend: () => (now = { overdueH: null, never: false, unknown: null }),
  })
}

/** What raises and clears alarms of OLTs' configurations. */
export const configCases = {
  'olt-config-backup-overdue': {
    begin: () => withConfigs({ overdueH: 39, never: false, unknown: null }),
    raise: (network: WatchedNetwork) => network.wait(0.25),
    name: 'olt-config-backup-overdue',
    params: { ageS: 140_400 },
    clear: (network: WatchedNetwork) => {
      ;(network as ConfigNetwork).mend()
      network.wait(0.25)
    },
  },
  'olt-config-changed-outside': {
    begin: () => withConfigs({ overdueH: null, never: false, unknown: { added: 4, removed: 1 } }),
    raise: (network: WatchedNetwork) => network.wait(0.25),
    name: 'olt-config-changed-outside',
    params: { added: 4, removed: 1 },
    clear: (network: WatchedNetwork) => {
      ;(network as ConfigNetwork).mend()
      network.wait(0.25)
    },
  },
}
