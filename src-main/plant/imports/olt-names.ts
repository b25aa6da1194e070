import type { NetworkFacts, OltFacts } from '../../engine/network-facts.ts'
import { nameKey } from '../rules.ts'

/** OLTs as files name them: by name, else by host where only one has it. */
export interface OltNames {
  readonly find: (text: string) => OltFacts | null
}

export const oltNamesOf = (network: NetworkFacts): OltNames => {
  const byName = new Map<string, OltFacts>()
  const byHost = new Map<string, OltFacts | null>()
  for (const olt of network.olts()) {
    byName.set(nameKey(olt.name), olt)
    const host = olt.host.toLowerCase()
    byHost.set(host, byHost.has(host) ? null : olt)
  }
  return {
    find: (text) => byName.get(nameKey(text)) ?? byHost.get(text.trim().toLowerCase()) ?? null,
  }
}
