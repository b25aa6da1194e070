import type { WaitingOnu } from '../../../src-shared/contract/provisioning-model.ts'
import { formatPon, unpackOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import { onuStates } from '../../../src-shared/domain/onu-state.ts'
import type { ProvisioningDependencies, UnconfiguredFound } from '../ports.ts'
import type { PresetReads } from './preset-tables.ts'
import { presetFor, savedFor } from './rules.ts'

/**
 * ONUs that are plugged in and that nobody has authorised: what the network saw by SNMP and what the
 * CLI told when it was asked, each once.
 */
export interface WaitingList {
  readonly all: () => readonly UnconfiguredFound[]
  readonly rows: () => WaitingOnu[]
  /** What an OLT told of itself over its CLI; replaces what it told before. */
  readonly found: (oltId: string, onus: readonly UnconfiguredFound[]) => void
  /** It was authorised: it does not wait any more, whatever was seen before. */
  readonly authorised: (oltId: string, serial: string) => void
}

const shownElsewhere = 8
const online = onuStates.indexOf('online')
/** What the CLI told is believed so long, as the network's own reading comes by itself. */
const believedMs = 10 * 60_000

export const createWaitingList = (
  deps: Pick<
    ProvisioningDependencies,
    'clock' | 'unconfigured' | 'withSerial' | 'facts' | 'configs'
  > & {
    readonly presets: PresetReads
    readonly planFor: (oltId: string, serial: string) => string | null
  },
): WaitingList => {
  const { clock, facts } = deps
  const byCli = new Map<string, readonly UnconfiguredFound[]>()
  /** When it was authorised, by OLT and serial: older sightings do not count. */
  const gone = new Map<string, number>()
  const keyOf = ({ oltId, pon, serial }: UnconfiguredFound): string =>
    `${oltId} ${serial ?? (pon === null ? '?' : formatPon(pon))}`

  const all = (): readonly UnconfiguredFound[] => {
    const known = new Map<string, UnconfiguredFound>()
    const oldest = clock.now() - believedMs
    const cli = [...byCli.values()].flat().filter(({ seenAt }) => (seenAt ?? 0) >= oldest)
    for (const onu of [...deps.unconfigured(), ...cli]) {
      const key = keyOf(onu)
      if ((gone.get(key) ?? -Infinity) >= (onu.seenAt ?? 0)) continue
      const before = known.get(key)
      known.set(key, before === undefined ? onu : joined(before, onu))
    }
    return [...known.values()]
  }

  /** Where a serial stands configured: by index, as the page asks every other second. */
  const elsewhereOf = (serial: string): WaitingOnu['elsewhere'] =>
    deps
      .withSerial(serial)
      .toSorted((one, other) => one - other)
      .slice(0, shownElsewhere)
      .flatMap((row) => {
        const olt = facts.oltOfRow(row)
        if (olt === undefined) return []
        return {
          oltId: olt.id,
          oltName: olt.name,
          address: unpackOnuAddress(facts.onus.address(row)),
          online: facts.onus.state(row) === online,
        }
      })

  return {
    all,
    rows: () => {
      const onus = all()
      const presets = deps.presets.presets()
      const saved = deps.presets.saved()
      return onus.flatMap((onu): WaitingOnu[] => {
        const olt = facts.olt(onu.oltId)
        if (olt === undefined) return []
        const preset = presetFor(presets, onu)
        return [
          {
            ...onu,
            oltName: olt.name,
            preset:
              preset === null ? null : { id: preset.id, name: preset.name, auto: preset.auto },
            savedId: savedFor(saved, onu)?.id ?? null,
            elsewhere: onu.serial === null ? [] : elsewhereOf(onu.serial),
            planId: onu.serial === null ? null : deps.planFor(onu.oltId, onu.serial),
            obstacle: deps.configs.obstacle(onu.oltId),
          },
        ]
      })
    },
    found: (oltId, onus) => {
      byCli.set(oltId, onus)
    },
    authorised: (oltId, serial) => {
      gone.set(`${oltId} ${serial}`, clock.now())
    },
  }
}

/** The same ONU seen twice: since the first, as told last, nothing that one of them knew is lost. */
const joined = (one: UnconfiguredFound, other: UnconfiguredFound): UnconfiguredFound => {
  const [older, newer] = (one.seenAt ?? 0) <= (other.seenAt ?? 0) ? [one, other] : [other, one]
  return {
    oltId: one.oltId,
    pon: newer.pon ?? older.pon,
    serial: newer.serial ?? older.serial,
    model: newer.model ?? older.model,
    firmware: newer.firmware ?? older.firmware,
    firstSeenAt: least(one.firstSeenAt, other.firstSeenAt),
    seenAt: newer.seenAt,
  }
}

const least = (one: number | null, other: number | null): number | null =>
  one === null ? other : other === null ? one : Math.min(one, other)
