import { describe, expect, test } from 'vitest'
import { createKeptNetwork, type KeptNetwork } from './kept-network.ts'
import { columnsOf, onlineOnus, type ReadOnu } from './onu-columns.ts'

/** Every point of a series as [minute, value], NaN for a gap. */
const light = (kept: KeptNetwork, onuId: number) => kept.points({ onuId }, 'onuRxDbm')

describe('the history does not take', () => {
  test('a walk that read nothing of use, and nothing of what was not read', () => {
    const kept = createKeptNetwork()
    kept.walk(0, columnsOf('status', []))
    kept.walk(1, columnsOf('status', onlineOnus(3)))
    kept.walk(1, columnsOf('optics', [{ onuId: 1, numbers: { onuRxDbm: -20 } }]))
    expect(light(kept, 1)).toEqual([[1, -20]])
    expect(light(kept, 2)).toEqual([])
    expect(kept.points({ onuId: 1 }, 'upBytes')).toEqual([])
  })

  test('an infinite or negative counter, a state that no list has', () => {
    const kept = createKeptNetwork()
    const wild = columnsOf('status', onlineOnus(1))
    kept.walk(0, { ...wild, codes: { state: Uint8Array.of(77) } })
    const counters = [-1, 1e30, 5].map((upBytes, index) => ({
      onuId: index + 1,
      numbers: { upBytes },
    }))
    kept.walk(0, columnsOf('counters', counters))
    kept.walk(0, columnsOf('optics', [{ onuId: 1, numbers: { onuRxDbm: -Infinity } }]))
    expect(kept.states(1)).toEqual([[0, 'unknown']])
    expect([1, 2, 3].map((onuId) => kept.samples({ onuId }, 'upBytes'))).toEqual([
      [[0, NaN]],
      [[0, NaN]],
      [[0, 5]],
    ])
    expect(kept.samples({ onuId: 1 }, 'onuRxDbm')).toEqual([[0, NaN]])
  })
})

describe('each walk is one cycle', () => {
  test('of states, light and octets, as they were read', () => {
    const kept = createKeptNetwork()
    for (let at = 0; at < 4; at++) {
      kept.walk(at * 5, columnsOf('status', onlineOnus(2)))
      kept.walk(
        at * 5,
        columnsOf('optics', [
          { onuId: 1, numbers: { onuRxDbm: -20 - at, oltRxDbm: -22, temperatureC: 40.5 } },
          { onuId: 2, numbers: { voltageV: 3.301, biasMa: 12.34, onuTxDbm: 2.1 } },
        ]),
      )
      kept.walk(
        at * 5,
        columnsOf('counters', [
          { onuId: 1, numbers: { upBytes: at * 37_500, downBytes: at * 375_000 } },
        ]),
      )
    }
    expect(light(kept, 1)).toEqual([
      [0, -20],
      [5, -21],
      [10, -22],
      [15, -23],
    ])
    expect(kept.points({ onuId: 1 }, 'oltRxDbm').at(-1)).toEqual([15, -22])
    expect(kept.points({ onuId: 2 }, 'voltageV').at(-1)).toEqual([15, 3.301])
    expect(kept.points({ onuId: 2 }, 'biasMa').at(-1)).toEqual([15, 12.34])
    expect(kept.points({ onuId: 2 }, 'onuTxDbm').at(-1)).toEqual([15, 2.1])
    expect(kept.points({ onuId: 1 }, 'upBytes').slice(-3)).toEqual([
      [5, 1],
      [10, 1],
      [15, 1],
    ])
    expect(kept.points({ onuId: 1 }, 'downBytes').at(-1)).toEqual([15, 10])
  })

  test('with the figures of its PON ports and of the OLT', () => {
    const kept = createKeptNetwork()
    const onus: ReadOnu[] = [
      ...onlineOnus(3),
      { onuId: 9, state: 'offline' },
      { onuId: 1, port: 2, state: 'online' },
    ]
    kept.walk(0, columnsOf('status', onus), { answerMs: 12.3 })
    kept.walk(
      0,
      columnsOf('optics', [
        { onuId: 1, numbers: { onuRxDbm: -20 } },
        { onuId: 2, numbers: { onuRxDbm: -25 } },
        { onuId: 9, numbers: { onuRxDbm: -40 } },
      ]),
    )
    kept.chassis(0, {
      uptimeS: 86_400,
      boards: [
        { cpuPercent: 20, temperatureC: 61 },
        { cpuPercent: 44, temperatureC: null },
        { cpuPercent: null, temperatureC: 58 },
      ],
      ports: [{ port: 3, txDbm: 3.4 }],
    })
    expect(kept.points({ port: 1 }, 'ponOnlineOnus')).toEqual([[0, 3]])
    expect(kept.points({ port: 2 }, 'ponOnlineOnus')).toEqual([[0, 1]])
    // Of the ONUs that are online.
    expect(kept.points({ port: 1 }, 'ponAverageRxDbm')).toEqual([[0, -22.5]])
    expect(kept.points({ port: 3 }, 'ponTxDbm')).toEqual([[0, 3.4]])
    expect(kept.points('olt', 'oltOnlineOnus')).toEqual([[0, 4]])
    expect(kept.points('olt', 'oltAnswerMs')).toEqual([[0, 12.3]])
    expect(kept.points('olt', 'oltUptimeS')).toEqual([[0, 86_400]])
    expect(kept.points('olt', 'oltCpuPercent')).toEqual([[0, 44]])
    expect(kept.points('olt', 'oltTemperatureC')).toEqual([[0, 61]])
    // A port that the OLT names is counted too, from the next walk on.
    kept.walk(1, columnsOf('status', onus))
    expect(kept.points({ port: 3 }, 'ponOnlineOnus')).toEqual([[1, 0]])
  })

  test('also at the same millisecond, and at a clock that was set back', () => {
    const kept = createKeptNetwork()
    for (const at of [0, 1, 1, 2, -58, -57]) kept.walk(at, columnsOf('status', onlineOnus(1)))
    expect(kept.samples({ onuId: 1 }, 'state').map(([at]) => at)).toEqual([0, 1, 1, 2, -58, -57])
  })
})

test('a counter that the OLT gives in 32 bits goes on where it wraps', () => {
  const kept = createKeptNetwork()
  const octets = [2 ** 32 - 1_000_000, 36_500_000, 74_000_000]
  octets.forEach((upBytes, index) => {
    kept.walk(index * 5, columnsOf('status', onlineOnus(1)))
    const columns = columnsOf('counters', [{ onuId: 1, numbers: { upBytes } }])
    kept.walk(index * 5, { ...columns, counterBits: 32 })
  })
  expect(kept.points({ onuId: 1 }, 'upBytes')).toEqual([
    [5, 1000],
    [10, 1000],
  ])
})

describe('a gap is a gap', () => {
  test('where an ONU is not in a whole walk', () => {
    const kept = createKeptNetwork()
    const both = columnsOf('status', onlineOnus(2))
    for (const at of [0, 1]) kept.walk(at, both)
    kept.walk(2, columnsOf('status', onlineOnus(1)))
    kept.walk(3, both)
    expect(kept.points({ onuId: 2 }, 'state')).toEqual([
      [0, 1],
      [1, 1],
      [2, NaN],
      [3, 1],
    ])
    expect(kept.states(2)).toEqual([
      [0, 'online'],
      [2, 'unknown'],
      [3, 'online'],
    ])
  })

  test('and not where a trap had another PON port read, or a walk ended early', () => {
    const kept = createKeptNetwork()
    const all: ReadOnu[] = [...onlineOnus(2), { onuId: 1, port: 2, state: 'online' }]
    for (const at of [0, 1]) kept.walk(at, columnsOf('status', all))
    const dark = columnsOf('status', [{ onuId: 1, port: 2, state: 'offline', cause: 'los' }])
    kept.walk(1.5, dark, { port: 2 })
    kept.walk(2, columnsOf('status', onlineOnus(1)), { failure: 'olt-silent-mid-walk' })
    kept.walk(3, columnsOf('status', all))
    expect(kept.points({ onuId: 2 }, 'state')).toEqual([
      [0, 1],
      [1, 1],
      [3, 1],
    ])
    expect(kept.points({ onuId: 1, port: 2 }, 'state')).toEqual([
      [0, 1],
      [1, 1],
      [1.5, 0],
      [3, 1],
    ])
    expect(kept.points({ port: 2 }, 'ponOnlineOnus')).toEqual([
      [0, 1],
      [1, 1],
      [1.5, 0],
      [3, 1],
    ])
    expect(kept.points({ port: 1 }, 'ponOnlineOnus')).toEqual([
      [0, 2],
      [1, 2],
      [3, 2],
    ])
    expect(kept.events({ port: 2 })).toEqual([
      [1.5, 'pon-dark', 0, 0],
      [3, 'pon-lit', 0, 0],
    ])
  })

  test('while the way to the OLT is lost: its ONUs are unknown, not offline', () => {
    const kept = createKeptNetwork()
    for (const at of [0, 1]) kept.walk(at, columnsOf('status', onlineOnus(1)), { answerMs: 5 })
    kept.fail(2, 'olt-no-answer', { noAnswer: true, unreachable: true })
    kept.fail(3, 'olt-no-answer', { noAnswer: true, unreachable: true })
    for (const at of [60, 61]) kept.walk(at, columnsOf('status', onlineOnus(1)), { answerMs: 5 })
    expect(kept.states(1)).toEqual([
      [0, 'online'],
      [2, 'unknown'],
      [60, 'online'],
    ])
    const expected = [
      [0, 1],
      [1, 1],
      [2, NaN],
      [60, 1],
      [61, 1],
    ]
    expect(kept.points({ onuId: 1 }, 'state')).toEqual(expected)
    expect(kept.points({ port: 1 }, 'ponOnlineOnus')).toEqual(expected)
    expect(kept.points('olt', 'oltOnlineOnus')).toEqual(expected)
    expect(kept.events('olt')).toEqual([
      [2, 'olt-unreachable', 0, 0],
      [60, 'olt-reachable', 0, 0],
    ])
    // It held through: nothing happened to the ONU and its port.
    expect(kept.events({ onuId: 1 })).toEqual([])
    expect(kept.events({ port: 1 })).toEqual([])
  })
})

describe('events', () => {
  test('a change of state has its cause, and the device’s time where that can be', () => {
    const kept = createKeptNetwork()
    const down = (onuId: number, at: number): ReadOnu => ({
      onuId,
      state: 'offline',
      cause: 'dying-gasp',
      numbers: { lastDownAt: kept.wall(at) },
    })
    const up = (onuId: number): ReadOnu => ({
      onuId,
      state: 'online',
      cause: 'none',
      numbers: { lastDownAt: NaN },
    })
    kept.walk(0, columnsOf('status', [up(1), up(2)]))
    // The clock of the second one stands years away.
    kept.walk(1, columnsOf('status', [down(1, 0.7), down(2, -1_000_000)]))
    kept.walk(2, columnsOf('status', [up(1), up(2)]))
    expect(kept.events({ onuId: 1 })).toEqual([
      [0.7, 'onu-state', 'offline', 'dying-gasp'],
      [2, 'onu-state', 'online', 'none'],
    ])
    expect(kept.events({ onuId: 2 })).toEqual([
      [1, 'onu-state', 'offline', 'dying-gasp'],
      [2, 'onu-state', 'online', 'none'],
    ])
  })

  test('down and up again between two readings is two of them', () => {
    const kept = createKeptNetwork()
    const up = (at: number): ReadOnu[] => [
      { onuId: 1, state: 'online', cause: 'losi', numbers: { lastDownAt: kept.wall(at) } },
    ]
    kept.walk(0, columnsOf('status', up(-100)))
    kept.walk(1, columnsOf('status', up(-100)))
    kept.walk(2, columnsOf('status', up(1.5)))
    expect(kept.events({ onuId: 1 })).toEqual([
      [1.5, 'onu-state', 'offline', 'losi'],
      [2, 'onu-state', 'online', 'losi'],
    ])
    expect(kept.points({ onuId: 1 }, 'state').map(([, online]) => online)).toEqual([1, 1, 1])
  })

  test('another serial number is another series, and said; another firmware is said', () => {
    const kept = createKeptNetwork()
    const identity = (serial: string, firmware: string) =>
      columnsOf('identity', [{ onuId: 1, texts: { serial, firmware } }])
    kept.walk(0, identity('HWTC00000001', 'V1'))
    kept.walk(0, columnsOf('status', onlineOnus(1)))
    kept.walk(15, identity('HWTC00000001', 'V2'))
    expect(kept.events({ onuId: 1 })).toEqual([[15, 'onu-firmware', 0, 0]])
    kept.walk(30, identity('HWTC00000002', 'V2'))
    kept.walk(30, columnsOf('status', onlineOnus(1)))
    expect(kept.events({ onuId: 1 })).toEqual([[30, 'onu-replaced', 0, 0]])
    expect(kept.samples({ onuId: 1 }, 'state').filter(([, one]) => one === 1)).toEqual([[30, 1]])
    expect(kept.history.find({ kind: 'onu' }).map(({ serial }) => serial)).toEqual([
      'HWTC00000002',
      'HWTC00000001',
    ])
  })

  test('a restart of the OLT is said once, and its counters begin anew', () => {
    const kept = createKeptNetwork()
    const octets = (at: number, upBytes: number) =>
      kept.walk(at, columnsOf('counters', [{ onuId: 1, numbers: { upBytes } }]))
    kept.walk(0, columnsOf('status', onlineOnus(1)))
    kept.chassis(0, { uptimeS: 90_000 })
    octets(0, 1_000)
    kept.chassis(5, { uptimeS: 90_290 })
    octets(5, 2_000)
    kept.fail(6, 'olt-restarted', {})
    kept.chassis(10, { uptimeS: 200 })
    // Greater than before, and still from zero.
    octets(10, 500_000)
    octets(15, 537_500)
    kept.chassis(15, { uptimeS: 20 })
    expect(kept.events('olt')).toEqual([
      [6, 'olt-restarted', 0, 0],
      [15, 'olt-restarted', 0, 0],
    ])
    expect(kept.points({ onuId: 1 }, 'upBytes').slice(1)).toEqual([
      [10, NaN],
      [15, 1],
    ])
  })

  test('a live view leaves its changes and no samples', () => {
    const kept = createKeptNetwork()
    kept.walk(0, columnsOf('status', onlineOnus(2)))
    kept.glimpse(0.2, columnsOf('status', [{ onuId: 2, state: 'offline', cause: 'los' }]))
    kept.glimpse(0.3, columnsOf('status', [{ onuId: 2, state: 'offline', cause: 'los' }]))
    expect(kept.events({ onuId: 2 })).toEqual([[0.2, 'onu-state', 'offline', 'los']])
    expect(kept.samples({ onuId: 2 }, 'state')).toEqual([[0, 1]])
  })
})
