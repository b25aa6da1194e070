import { useSyncExternalStore } from 'react'
import type { CommandName, QueryName } from '../../src-shared/contract/index.ts'

/**
 * The past moment that is shown, wall ms; null: the present. Every question about the network's
 * state is asked of it, wherever it is asked (client.ts), so that no screen mixes two times.
 */
let shown: number | null = null
const listeners = new Set<() => void>()

export const shownMoment = (): number | null => shown

export const showMoment = (at: number | null): void => {
  if (at === shown) return
  shown = at
  for (const listener of listeners) listener()
}

export const onMoment = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useShownMoment = (): number | null => useSyncExternalStore(onMoment, shownMoment)

const ofAMoment: ReadonlySet<QueryName> = new Set<QueryName>([
  'network.summary',
  'network.olts',
  'network.olt',
  'network.oltStrip',
  'network.worstSignals',
  'network.openView',
  'network.onu',
])

export const isOfAMoment = (name: QueryName): boolean => ofAMoment.has(name)

/** The input as it is asked: at the moment that is shown, unless it names one itself. */
export const atShownMoment = <Input>(name: QueryName, input: Input): Input =>
  shown === null || !ofAMoment.has(name) || (input as { asOf?: unknown }).asOf !== undefined
    ? input
    : { ...input, asOf: shown }

const acts: ReadonlySet<string> = new Set<CommandName | QueryName>([
  'network.addOlt',
  'network.updateOlt',
  'network.removeOlt',
  'network.pollNow',
  'network.setQuiet',
  'network.openLiveView',
  'olt-cli.test',
  'olt-cli.openTerminal',
  'olt-cli.sendLine',
  'olt-backups.make',
  'provisioning.readCatalogue',
  'provisioning.makePlan',
  'provisioning.makeUndo',
  'provisioning.apply',
  'provisioning.continue',
  'provisioning.readBack',
  'provisioning.lookForWaiting',
  'provisioning.setAuto',
  'provisioning.setDesired',
  'provisioning.scan',
])

/** What acts on the network as it is now: not while another one is looked at. */
export const isRefusedAtMoment = (name: CommandName | QueryName): boolean =>
  shown !== null && acts.has(name)
