import type { Output } from '../../../src-shared/contract/index.ts'
import { useQuery } from '../../client/hooks.ts'
import { useFormat } from '../../components/use-format.ts'
import { choicesOf, type Choice } from './choice.ts'

export type Abilities = NonNullable<Output<'provisioning.abilities'>['abilities']>

export interface Choices {
  readonly onuTypes: readonly Choice[]
  readonly lineProfiles: readonly Choice[]
  readonly serviceProfiles: readonly Choice[]
  readonly trafficTables: readonly Choice[]
  readonly vlans: readonly Choice[]
  /** Null: never read; undefined: not known yet, or there is no one OLT. */
  readonly readAt: number | null | undefined
  readonly abilities: Abilities | null | undefined
  readonly obstacle: Output<'provisioning.abilities'>['obstacle']
  readonly refresh: () => void
}

const nobody = '00000000-0000-4000-8000-000000000000'

/** What the OLT has to choose from, and what its family can; null: no one OLT. */
export const useChoices = (oltId: string | null): Choices => {
  const skip = oltId === null
  const format = useFormat()
  const catalogue = useQuery(
    'provisioning.catalogue',
    { oltId: oltId ?? nobody },
    { on: ['provisioning.changed'], everyMs: 1000, skip },
  )
  const abilities = useQuery('provisioning.abilities', { oltId: oltId ?? nobody }, { skip })
  const lists = skip ? undefined : catalogue.value?.lists
  return {
    onuTypes: choicesOf(lists?.['onu-types'], format.rate),
    lineProfiles: choicesOf(lists?.['line-profiles'], format.rate),
    serviceProfiles: choicesOf(lists?.['service-profiles'], format.rate),
    trafficTables: choicesOf(lists?.['traffic-tables'], format.rate),
    vlans: choicesOf(lists?.vlans, format.rate),
    readAt: skip ? undefined : catalogue.value?.readAt,
    abilities: skip ? undefined : abilities.value?.abilities,
    obstacle: skip ? null : (abilities.value?.obstacle ?? null),
    refresh: catalogue.refresh,
  }
}
