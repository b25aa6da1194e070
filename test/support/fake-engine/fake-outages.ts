import type {
  CommandName,
  Input,
  Output,
  Payload,
  QueryName,
} from '../../../src-shared/contract/index.ts'
import type { OutageRow } from '../../../src-shared/contract/outages.ts'
import {
  formatPon,
  packOnuAddress,
  ponOf,
  unpackOnuAddress,
} from '../../../src-shared/domain/onu-address.ts'
import { onuStates } from '../../../src-shared/domain/onu-state.ts'
import { severities, worstSeverity } from '../../../src-shared/domain/severity.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import { createFakeOutageCases, type FakeOutage } from './fake-outage-cases.ts'
import { judgeSingle } from '../../../src-main/outages/single-onu.ts'
import { causeClassAt, type FakePlant } from './fake-plant.ts'

/** Outages of the generated network; some are open, ONUs of one of them come back meanwhile. */

type OutageName = Extract<QueryName | CommandName, `outages.${string}`>
export type FakeOutageHandlers = {
  readonly [Name in OutageName]: (input: Input<Name>) => Output<Name>
}

type Timeline = Output<'outages.outage'>['timeline']

interface Acts {
  version: number
  corrected: OutageRow['corrected']
  acknowledged: OutageRow['acknowledged']
  owner: OutageRow['owner']
  ticket: string | null
  readonly timeline: Timeline
}

const me = { accountId: '01930000-0000-7000-8000-0000000000aa', name: 'Sari Wijaya' }
const other = { accountId: null, name: 'Dewi Lestari' }
const returningMs = 20 * 60_000
const telling = 5000

export interface FakeOutageOptions {
  readonly plant: FakePlant
  readonly now: () => number
  readonly emit: (name: 'outages.changed', payload: Payload<'outages.changed'>) => void
  /** Nothing happens by itself. */
  readonly still: boolean
}

export const createFakeOutages = (options: FakeOutageOptions): FakeOutageHandlers => {
  const { plant, now, emit } = options
  const cases = createFakeOutageCases(plant, now())
  let revision = 1
  const acts = new Map(cases.map((each, index) => [each.id, firstActs(each, index)]))

  const backAt = (each: FakeOutage, index: number): number | null => {
    if (each.returnsAt === null) return null
    const span = each.endsAt === null ? returningMs : each.endsAt - each.returnsAt
    const at = each.returnsAt + (((index * 37) % each.rows.length) / each.rows.length) * span
    return at <= now() && (each.endsAt !== null || index % 5 !== 0) ? at : null
  }
  const pointOf = (row: number) => {
    const { shelf, slot, port } = unpackOnuAddress(plant.address[row]!)
    return { shelf, slot, port }
  }
  const oltOf = (row: number) => plant.olts[plant.olt[row]!]!
  const ponsOf = (each: FakeOutage): Map<string, number[]> => {
    const found = new Map<string, number[]>()
    each.rows.forEach((row, index) => {
      const key = `${plant.olt[row]} ${ponOf(plant.address[row]!)}`
      found.set(key, [...(found.get(key) ?? []), index])
    })
    return found
  }
  const nameOf = (pon: { shelf: number; slot: number; port: number }, zte: boolean): string =>
    zte ? `gpon-olt_${formatPon(pon)}` : `GPON ${formatPon(pon)}`

  const rowOf = (each: FakeOutage): OutageRow => {
    const act = acts.get(each.id)!
    const olts = [...new Set(each.rows.map(oltOf))]
    const down = each.rows.filter((_, index) => backAt(each, index) === null).length
    const withGasp = each.gasps.filter((gasp) => gasp === 'seen').length
    return {
      id: each.id,
      version: act.version,
      verdict: each.verdict,
      confidence: each.confidence,
      corrected: act.corrected,
      severity: each.severity,
      beganAt: each.beganAt,
      openedAt: each.beganAt + 12_000,
      verdictAt: each.verdict === 'undetermined' ? null : each.beganAt + 41_000,
      changedAt: each.endsAt ?? now() - 3000,
      endedAt: each.endsAt,
      olts: olts.map(({ id, name }) => ({ oltId: id, name })),
      pons: [...ponsOf(each).values()].slice(0, 256).map((indexes) => {
        const row = each.rows[indexes[0]!]!
        const pon = pointOf(row)
        const olt = oltOf(row)
        return { oltId: olt.id, pon, name: nameOf(pon, olt.family === 'zte-c3xx') }
      }),
      node: each.node,
      areas: [...each.areas],
      affectedOnus: each.rows.length,
      down: each.endsAt === null ? down : 0,
      withGasp,
      withoutGasp: each.rows.length - withGasp,
      subscribers: null,
      revenue: null,
      acknowledged: act.acknowledged,
      owner: act.owner,
      ticket: act.ticket,
      maintenanceId: null,
    }
  }

  const tell = (): void => {
    const open = cases.filter((each) => each.endsAt === null)
    emit('outages.changed', {
      open: open.length,
      affectedOnus: open.reduce((sum, each) => sum + each.rows.length, 0),
      worst: worstSeverity(open.map((each) => each.severity)),
      revision: (revision += 1),
      at: now(),
    })
  }
  // Stopped with the page: nobody else holds a fake engine for longer than a test.
  if (!options.still && cases.length > 0) setInterval(tell, telling)

  const caseOf = (id: string): FakeOutage => {
    const found = cases.find((each) => each.id === id)
    if (found === undefined) throw new NocturneError('not-found')
    return found
  }
  const act = (
    id: string,
    kind: Timeline[number]['kind'],
    change: (acts: Acts) => void,
    text: string | null = null,
    params: Timeline[number]['params'] = {},
  ) => {
    caseOf(id)
    const mine = acts.get(id)!
    change(mine)
    mine.version += 1
    mine.timeline.push({ at: now(), kind, by: me.name, text, params })
    tell()
    return {}
  }

  const arrivalOf = (each: FakeOutage): Output<'outages.outage'>['arrival'] => {
    const moments = new Set<number>([0, ...each.downS])
    const backs = each.rows.flatMap((_, index) => {
      const at = backAt(each, index)
      return at === null ? [] : [(at - each.beganAt) / 1000]
    })
    for (const at of backs) moments.add(at)
    const at = [...moments].toSorted((a, b) => a - b)
    const upTo = (values: readonly number[]) =>
      Float64Array.from(at, (moment) => values.filter((value) => value <= moment).length)
    return {
      secondsAfter: Float64Array.from(at),
      down: upTo(each.downS),
      withGasp: upTo(each.downS.filter((_, index) => each.gasps[index] === 'seen')),
      back: upTo(backs),
    }
  }

  return {
    'outages.list': (input) => {
      const words = input.search.toLowerCase().split(/\s+/).filter(Boolean)
      const rows = cases
        .filter(
          (each) => input.state === 'all' || (each.endsAt === null) === (input.state === 'open'),
        )
        .map(rowOf)
        .filter(
          (row) =>
            (input.verdicts.length === 0 ||
              input.verdicts.includes(row.corrected?.verdict ?? row.verdict)) &&
            (input.oltIds.length === 0 ||
              row.olts.some((olt) => input.oltIds.includes(olt.oltId))) &&
            (input.from === null || row.beganAt >= input.from) &&
            (input.to === null || row.beganAt <= input.to) &&
            words.every((word) =>
              [row.verdict, row.node?.path, row.ticket, row.owner?.name, ...row.areas]
                .concat(row.olts.map((olt) => olt.name))
                .some((text) => text?.toLowerCase().includes(word) === true),
            ),
        )
      const key = (row: OutageRow): number | string =>
        input.sort === 'severity'
          ? severities.indexOf(row.severity)
          : input.sort === 'verdict'
            ? row.verdict
            : row[input.sort]
      rows.sort((one, two) => {
        const [a, b] = [key(one), key(two)]
        const order = a < b ? -1 : a > b ? 1 : two.beganAt - one.beganAt
        return input.descending ? -order : order
      })
      return {
        outages: rows.slice(input.offset, input.offset + input.limit),
        total: rows.length,
        revision,
      }
    },
    'outages.outage': ({ id }) => {
      const each = caseOf(id)
      return {
        outage: rowOf(each),
        evidence: [...each.evidence],
        weighed: [...each.weighed],
        perPon: [...ponsOf(each).values()].map((indexes) => {
          const row = each.rows[indexes[0]!]!
          const pon = pointOf(row)
          const olt = oltOf(row)
          const packed = ponOf(plant.address[row]!)
          let total = 0
          for (let at = olt.firstRow; at < olt.firstRow + olt.rows; at += 1) {
            if (ponOf(plant.address[at]!) === packed) total += 1
          }
          return {
            oltId: olt.id,
            oltName: olt.name,
            pon,
            name: nameOf(pon, olt.family === 'zte-c3xx'),
            total,
            down: indexes.length,
            withGasp: indexes.filter((index) => each.gasps[index] === 'seen').length,
            back: indexes.filter((index) => backAt(each, index) !== null).length,
          }
        }),
        arrival: arrivalOf(each),
        timeline: [...acts.get(id)!.timeline].toSorted((one, two) => two.at - one.at),
      }
    },
    'outages.onu': ({ oltId, address }) => {
      const packed = packOnuAddress(address)
      const olt = plant.olts.find((each) => each.id === oltId)
      const row =
        olt === undefined
          ? -1
          : plant.address.findIndex(
              (each, at) => each === packed && at >= olt.firstRow && at < olt.firstRow + olt.rows,
            )
      if (row < 0 || onuStates[plant.state[row]!] !== 'offline') {
        return { outageId: null, verdict: null, confidence: null, evidence: [] }
      }
      const among = cases.find((each) => each.rows.includes(row))
      if (among !== undefined) {
        const { id, verdict, confidence } = rowOf(among)
        return { outageId: id, verdict, confidence, evidence: [...among.evidence] }
      }
      const cause = causeClassAt(plant, row)
      const single = { canGasp: true, falls: 1, dropDb: row % 3 === 0 ? 4.2 : 0.1, siblingsUp: 40 }
      const judged = judgeSingle(
        { ...single, cause: cause === 'power' || cause === 'optical' ? cause : 'other' },
        { lightFellDb: 2, flaps: 4 },
      )
      return { outageId: null, ...judged, evidence: [...judged.evidence] }
    },
    'outages.onus': ({ id, stillDown, offset, limit }) => {
      const each = caseOf(id)
      const onus = each.rows
        .map((row, index) => ({
          oltId: oltOf(row).id,
          oltName: oltOf(row).name,
          address: unpackOnuAddress(plant.address[row]!),
          serial: plant.serial[row]!,
          name: plant.name[row]!,
          downAt: each.beganAt + each.downS[index]! * 1000,
          backAt: backAt(each, index),
          gasp: each.gasps[index]!,
          lastRxDbm: Math.round(plant.onuRx[row]! * 10) / 10,
          nodeName: each.node?.name ?? null,
          place: /(?:Jl\.|Dock|Mill|Hill).*$/.exec(plant.name[row]!)?.[0] ?? null,
        }))
        .filter((onu) => !stillDown || onu.backAt === null)
      return { onus: onus.slice(offset, offset + limit), total: onus.length }
    },
    'outages.correct': ({ id, verdict, note }) =>
      act(
        id,
        'corrected',
        (mine) => {
          mine.corrected = verdict === null ? null : { verdict, by: me, at: now(), note }
        },
        note === '' ? null : note,
        { verdict },
      ),
    'outages.acknowledge': ({ id, acknowledged }) =>
      act(
        id,
        'acknowledged',
        (mine) => {
          mine.acknowledged = acknowledged ? { by: me, at: now() } : null
        },
        null,
        { acknowledged },
      ),
    'outages.assign': ({ id, accountId }) =>
      act(
        id,
        'assigned',
        (mine) => {
          mine.owner = accountId === null ? null : { accountId, name: me.name }
        },
        null,
        { name: accountId === null ? null : me.name },
      ),
    'outages.note': ({ id, note }) => act(id, 'noted', () => undefined, note),
    'outages.setTicket': ({ id, ticket }) =>
      act(
        id,
        'ticket',
        (mine) => {
          mine.ticket = ticket
        },
        ticket,
      ),
  }
}

const firstActs = (each: FakeOutage, index: number): Acts => {
  const { beganAt, endsAt } = each
  const timeline: Timeline = [
    { at: beganAt, kind: 'began', by: null, text: null, params: {} },
    {
      at: beganAt + 12_000,
      kind: 'opened',
      by: null,
      text: null,
      params: { affected: Math.ceil(each.rows.length / 2) },
    },
    {
      at: beganAt + 30_000,
      kind: 'grew',
      by: null,
      text: null,
      params: { affected: each.rows.length },
    },
    {
      at: beganAt + 41_000,
      kind: 'verdict',
      by: null,
      text: null,
      params: { verdict: each.verdict, confidence: each.confidence },
    },
  ]
  const taken = endsAt !== null || index % 3 === 1
  if (taken) {
    timeline.push(
      { at: beganAt + 95_000, kind: 'acknowledged', by: other.name, text: null, params: {} },
      {
        at: beganAt + 140_000,
        kind: 'noted',
        by: other.name,
        text: 'Crew of the north area called, twenty minutes away.',
        params: {},
      },
    )
  }
  if (each.returnsAt !== null) {
    timeline.push({ at: each.returnsAt, kind: 'returning', by: null, text: null, params: {} })
  }
  if (endsAt !== null) {
    timeline.push({ at: endsAt, kind: 'ended', by: null, text: null, params: {} })
  }
  return {
    version: 1,
    corrected: null,
    acknowledged: taken ? { by: other, at: beganAt + 95_000 } : null,
    owner: taken ? other : null,
    ticket: index === 1 ? 'NOC-4711' : null,
    timeline,
  }
}
