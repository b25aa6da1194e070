import type { Input, Output, Payload, QueryName } from '../../../src-shared/contract/index.ts'
import { unpackOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import { stateAt, type FakePlant } from './fake-plant.ts'

/** Traps of the generated plant. `&traps=none|off|blocked|flood` in the page's address. */
type TrapsQuery = Extract<QueryName, `traps.${string}`>
export type FakeTraps = {
  readonly [Name in TrapsQuery]: (input: Input<Name>) => Output<Name>
} & { readonly 'traps.configure': (input: Input<'traps.configure'>) => Output<'traps.configure'> }

type News = Output<'traps.recent'>['news'][number]
type Unknown = Output<'traps.unknown'>['traps'][number]

const modeOf = (): string =>
  typeof location === 'undefined'
    ? 'busy'
    : (new URLSearchParams(location.search).get('traps') ?? 'busy')

const minute = 60_000

export const createFakeTraps = (
  plant: FakePlant,
  now: () => number,
  emit: (payload: Payload<'traps.changed'>) => void,
): FakeTraps => {
  const mode = plant.size === 0 && modeOf() === 'busy' ? 'none' : modeOf()
  const startedAt = now() - 5 * 60 * minute
  let settings = {
    enabled: mode !== 'off',
    port: mode === 'blocked' ? 162 : 10_162,
    onlyKnownCommunities: false,
  }
  const none = mode === 'none' || mode === 'off' || mode === 'blocked'
  const flood = mode === 'flood'
  const news = none ? [] : newsOf(plant, startedAt)
  const unknown = none ? [] : unknownOf(plant, startedAt, flood)
  let received = none ? 0 : flood ? 2_412_907 : 1843
  let dropped = flood ? 2_329_551 : 0
  if (!none && typeof document !== 'undefined') {
    setInterval(() => {
      received += flood ? 9800 : 1
      dropped += flood ? 9700 : 0
      emit({ received, dropped, at: now() })
    }, 1000)
  }
  const blocked = (): boolean => settings.enabled && settings.port < 1024
  return {
    'traps.status': () => ({
      settings,
      listening:
        settings.enabled && !blocked() ? { address: '0.0.0.0', port: settings.port } : null,
      problem: blocked()
        ? { code: 'trap-port-unavailable', params: { port: settings.port } }
        : null,
      engineId: '8000d1f1050192f7b3e9c04a118e27',
      stats: {
        received,
        accepted: none ? 0 : flood ? 81_204 : 1790,
        acknowledged: none ? 0 : 212,
        dropped,
        garbage: none ? 0 : flood ? 2011 : 3,
        ofSeveral: none ? 0 : 6,
        fromStrangers: none ? 0 : flood ? 3120 : 14,
        unknown: none ? 0 : flood ? 3377 : 61,
        refused: none
          ? []
          : [
              { why: 'wrong-community', count: 31 },
              { why: 'wrong-time', count: 2 },
              { why: 'unknown-user', count: 17 },
              { why: 'wrong-digest', count: 0 },
            ],
        loudest: flood
          ? [
              { address: '10.77.0.66', dropped: dropped - 4400 },
              { address: plant.olts[0]?.host ?? '10.0.0.1', dropped: 4180 },
              { address: 'fe80::5054:ff:fe12:3456', dropped: 220 },
            ]
          : [],
      },
      startedAt: none && mode !== 'none' ? null : startedAt,
      redirectLine:
        settings.port === 162
          ? null
          : `sudo iptables -t nat -A PREROUTING -p udp --dport 162 -j REDIRECT --to-ports ${settings.port}`,
    }),
    'traps.recent': ({ oltId }) => ({
      news: news.filter((each) => oltId === undefined || each.oltId === oltId),
    }),
    'traps.unknown': () => ({ traps: unknown }),
    'traps.configure': (wanted) => {
      settings = wanted
      if (blocked()) throw new NocturneError('trap-port-unavailable', { port: wanted.port })
      return {}
    },
  }
}

/** Of each OLT the moments of its last hours: ONUs that are off now, among others. */
const newsOf = (plant: FakePlant, startedAt: number): readonly News[] => {
  const news: News[] = []
  const off = stateAt('offline')
  plant.olts.slice(0, 30).forEach((olt, position) => {
    const rows = Array.from({ length: Math.min(olt.rows, 4000) }, (_, row) => olt.firstRow + row)
    const gone = rows.filter((row) => plant.state[row] === off).slice(0, 6)
    const addressOf = (row: number) => unpackOnuAddress(plant.address[row]!)
    const moment = (minutesAgo: number, rest: Partial<News>): void => {
      const lastAt = startedAt + 5 * 60 * minute - (minutesAgo + position * 3) * minute
      news.push({
        oltId: olt.id,
        oltName: olt.name,
        source: olt.host,
        firstAt: lastAt - 210,
        lastAt,
        count: 1,
        unknown: 0,
        meanings: ['onu-offline'],
        looks: [],
        ...rest,
      })
    }
    for (const [at, row] of gone.slice(0, 2).entries()) {
      moment(1 + at * 17, {
        count: 2,
        meanings: ['dying-gasp', 'onu-offline'],
        looks: [{ kind: 'onu', address: addressOf(row) }],
      })
    }
    const first = gone[0] ?? olt.firstRow
    if (olt.rows > 0 && position % 3 === 0) {
      const { shelf, slot, port } = addressOf(first)
      moment(9, {
        count: 128,
        unknown: 4,
        meanings: ['signal-lost', 'onu-offline'],
        looks: [
          { kind: 'pon', pon: { shelf, slot, port } },
          ...gone.slice(1).map((row) => ({ kind: 'onu' as const, address: addressOf(row) })),
        ],
      })
    }
    if (position % 4 === 1) {
      moment(26, { unproven: true, meanings: ['onu-found'], looks: [{ kind: 'unconfigured' }] })
    }
    if (position % 5 === 2) {
      moment(41, { count: 1411, meanings: ['onu-online', 'light-level'], looks: [{ kind: 'olt' }] })
    }
  })
  return news.toSorted((a, b) => b.lastAt - a.lastAt)
}

const unknownOf = (plant: FakePlant, startedAt: number, flood: boolean): Unknown[] => {
  const end = startedAt + 5 * 60 * minute
  const [olt] = plant.olts
  const known = olt === undefined ? null : olt
  const trap = (
    rest: Partial<Unknown> & Pick<Unknown, 'trapOid'>,
    minutesAgo: number,
  ): Unknown => ({
    source: known?.host ?? '10.0.0.1',
    oltId: known?.id ?? null,
    oltName: known?.name ?? null,
    version: '2c',
    count: 1,
    firstAt: startedAt + 4 * minute,
    lastAt: end - minutesAgo * minute,
    agentAddress: null,
    varbinds: [],
    ...rest,
  })
  const stranger = { oltId: null, oltName: null } as const
  return [
    trap(
      {
        trapOid: '1.3.6.1.4.1.3902.1082.500.2.2.99.4',
        count: 38,
        varbinds: [
          { oid: '1.3.6.1.4.1.3902.1082.500.2.2.99.1.1', text: '285278465' },
          { oid: '1.3.6.1.4.1.3902.1082.500.2.2.99.1.2', text: 'fan tray 2 below 1200 rpm' },
        ],
      },
      1,
    ),
    trap(
      {
        ...stranger,
        source: '10.77.0.66',
        trapOid: '1.3.6.1.4.1.8072.2.3.0.1',
        count: flood ? 61_120 : 12,
        varbinds: [
          {
            oid: '1.3.6.1.4.1.8072.2.3.2.1',
            text: '<img src=x onerror=alert(1)> \u202egnirts\u202c "; $(reboot) \'\u0007 \n=cmd|calc',
          },
          { oid: '1.3.6.1.2.1.1.5.0', text: `${'very long '.repeat(25)} …` },
        ],
      },
      0,
    ),
    trap(
      {
        trapOid: '1.3.6.1.6.3.1.1.5.3',
        version: '1',
        count: 4,
        agentAddress: '192.168.1.1',
        varbinds: [
          { oid: '1.3.6.1.2.1.2.2.1.1.7', text: '7' },
          { oid: '1.3.6.1.2.1.2.2.1.7.7', text: '1' },
          { oid: '1.3.6.1.2.1.2.2.1.8.7', text: '2' },
        ],
      },
      34,
    ),
    trap({ ...stranger, source: '10.20.4.18', trapOid: '1.3.6.1.4.1.318.0.5', version: '1' }, 63),
    trap(
      { ...stranger, ofSeveral: 3, source: '10.9.0.1', trapOid: '1.3.6.1.4.1.2011.2.15.2.4' },
      90,
    ),
    trap({ trapOid: '1.3.6.1.6.3.1.1.5.1', version: '3', varbinds: [] }, 180),
  ].toSorted((a, b) => b.lastAt - a.lastAt)
}
