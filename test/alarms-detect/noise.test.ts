import { describe, expect, test } from 'vitest'
import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import type { DownCause } from '../../src-shared/domain/onu-state.ts'
import { addressOf, onlineOnus, type ReadOnu } from '../network/onu-columns.ts'
import { createWatchedNetwork } from './watched-network.ts'

const downAll = (onus: readonly ReadOnu[], cause: DownCause = 'los'): ReadOnu[] =>
  onus.map((onu) => ({ ...onu, state: 'offline' as const, cause }))

const onSeveralPorts = (ports: number, onus: number): ReadOnu[] =>
  Array.from({ length: ports }, (_, port) =>
    onlineOnus(onus).map((onu) => ({ ...onu, port: port + 1 })),
  ).flat()

describe('a lost way to the OLT', () => {
  test('raises and clears nothing of its ONUs: they are unknown', () => {
    const network = createWatchedNetwork({ important: [{ onuId: 2 }] })
    network.walk('status', onlineOnus(4))
    network.walk('status', [...onlineOnus(1), ...downAll([{ onuId: 2 }]), ...onlineOnus(2, 3)])
    const before = network.now()
    expect(before).toEqual(['onu-offline-optical 0/1/1:2'])
    network.calls.length = 0
    network.wait(1)
    network.silence()
    network.wait(30)
    expect(network.now()).toEqual([...before, 'olt-unreachable'].toSorted())
    const ofOnus = network.calls.filter((call) => /onu|pon-|rx-|traffic|distance/u.test(call))
    expect(ofOnus).toEqual([])
    expect(network.calls).toContain('unknown 100')
  })

  test('what fell meanwhile is told when the OLT answers again', () => {
    const network = createWatchedNetwork()
    network.walk('status', onlineOnus(10))
    network.silence()
    network.wait(20)
    network.walk('status', [...downAll(onlineOnus(4)), ...onlineOnus(6, 5)])
    expect(network.now()).toEqual(['pon-partially-down 0/1/1'])
  })

  test('is no flap, however often it is lost', () => {
    const network = createWatchedNetwork()
    network.walk('status', onlineOnus(10))
    for (let round = 0; round < 5; round++) {
      network.wait(2)
      network.silence()
      network.wait(2)
      network.walk('status', onlineOnus(10))
    }
    expect(network.now()).toEqual([])
  })
})

describe('mass events', () => {
  test('100 PON ports that go twice are PON alarms, and no ONU of them flaps', () => {
    const network = createWatchedNetwork()
    const all = onSeveralPorts(100, 32)
    network.walk('status', all)
    for (let round = 0; round < 3; round++) {
      network.wait(1)
      network.walk('status', downAll(all))
      expect(network.now()).toHaveLength(100)
      network.wait(1)
      network.walk('status', all)
      expect(network.now()).toEqual([])
    }
    expect(network.calls.filter((call) => call.includes('onu-'))).toEqual([
      // The first look ends what an earlier start told; after it nothing was said at all.
      'all onu-offline-power 0',
      'all onu-offline-optical 0',
      'all onu-offline-other 0',
      'all onu-flapping 0',
      'all onu-rogue-suspected 0',
      'all onu-serial-duplicate 0',
    ])
  })

  test('many ONUs of one PON with the same trouble are one condition of it, the important ones apart', () => {
    const network = createWatchedNetwork({
      rules: { 'rx-low': { importantOnly: false } },
      important: [{ onuId: 3 }],
    })
    const light = (weak: number): ReadOnu[] =>
      Array.from({ length: 20 }, (_, index) => ({
        onuId: index + 1,
        numbers: { onuRxDbm: index < weak ? -28 - index / 10 : -20 },
      }))
    network.walk('status', onlineOnus(20))
    network.walk('optics', light(10))
    expect(network.now()).toEqual(['rx-low 0/1/1 onu-rx', 'rx-low 0/1/1:3 onu-rx'])
    expect(network.paramsOf('rx-low 0/1/1 onu-rx')).toEqual({
      onus: 9,
      valueDbm: -28.9,
      limitDbm: -27,
      marginDb: -1.9,
    })
    // Fewer by one are not many alarms at once: it stays one until few are left.
    network.walk('optics', light(6))
    expect(network.now()).toEqual(['rx-low 0/1/1 onu-rx', 'rx-low 0/1/1:3 onu-rx'])
    network.walk('optics', light(2))
    expect(network.now()).toEqual(['rx-low 0/1/1:1 onu-rx', 'rx-low 0/1/1:2 onu-rx'])
  })

  test('a PON whose ONUs took leave is down as a whole, and not in part', () => {
    const network = createWatchedNetwork()
    network.walk('status', onlineOnus(20))
    network.wait(1)
    network.walk('status', [...downAll(onlineOnus(10), 'dying-gasp'), ...onlineOnus(10, 11)])
    expect(network.now()).toEqual([])
    network.wait(1)
    network.walk('status', downAll(onlineOnus(20), 'dying-gasp'))
    expect(network.now()).toEqual(['pon-down 0/1/1'])
    expect(network.paramsOf('pon-down 0/1/1')).toEqual({ onus: 20, withGasp: 20 })
  })
})

describe('who was down before', () => {
  test('a PON that was dead when it was first read raises nothing, unless its port says so', () => {
    const network = createWatchedNetwork()
    network.walk('status', downAll(onlineOnus(6)))
    expect(network.now()).toEqual([])
    network.chassis({ ports: [{ port: 1, state: 'down' }] })
    network.walk('status', downAll(onlineOnus(6)))
    expect(network.now()).toEqual(['pon-down 0/1/1'])
  })

  test('ONUs that were down when first read fell when the OLT says, be it by its local time', () => {
    for (const zone of [0, 20_000, 7 * 3_600_000]) {
      const network = createWatchedNetwork()
      const fell = (onuId: number): ReadOnu => ({
        onuId,
        state: 'offline',
        cause: 'los',
        numbers: { lastDownAt: network.clock.now() + zone - 5_000 - onuId },
      })
      network.walk('status', [1, 2, 3, 4, 5, 6].map(fell))
      expect(network.now(), `${zone} ms ahead`).toEqual(['pon-down 0/1/1'])
    }
  })

  test('one that went for days does not count, and what is down stays down for days', () => {
    const network = createWatchedNetwork()
    network.walk('status', onlineOnus(10))
    for (const gone of [1, 2, 3]) {
      network.wait(26 * 60)
      network.walk('status', [...downAll(onlineOnus(gone)), ...onlineOnus(10 - gone, gone + 1)])
    }
    expect(network.now()).toEqual([])
    network.wait(10)
    network.walk('status', downAll(onlineOnus(10)))
    expect(network.now()).toEqual(['pon-down 0/1/1'])
    network.wait(5 * 24 * 60)
    network.walk('status', downAll(onlineOnus(10)))
    expect(network.now()).toEqual(['pon-down 0/1/1'])
  })

  test('by the OLT’s own clock, ONUs that fell over hours are no group though one walk told them', () => {
    const network = createWatchedNetwork()
    network.walk('status', onlineOnus(20))
    network.wait(60)
    const fell = (minutesAgo: number, onuId: number): ReadOnu => ({
      onuId,
      state: 'offline',
      cause: 'los',
      numbers: { lastDownAt: network.clock.now() - minutesAgo * 60_000 },
    })
    network.walk('status', [fell(50, 1), fell(30, 2), fell(1, 3), ...onlineOnus(17, 4)])
    expect(network.now()).toEqual([])
    network.walk('status', [fell(1.5, 1), fell(1.4, 2), fell(1, 3), ...onlineOnus(17, 4)])
    // They fell then: what the OLT said first stands.
    expect(network.now()).toEqual([])
  })
})

describe('a start of the console', () => {
  test('ends what has passed meanwhile, and keeps what still holds', () => {
    const network = createWatchedNetwork({ important: [{ onuId: 2 }] })
    network.walk('status', onlineOnus(8))
    network.wait(1)
    network.walk('status', downAll(onlineOnus(8)))
    expect(network.now()).toEqual(['onu-offline-optical 0/1/1:2', 'pon-down 0/1/1'])
    network.restart()
    network.wait(3 * 24 * 60)
    network.walk('status', downAll(onlineOnus(8)))
    expect(network.now()).toEqual(['onu-offline-optical 0/1/1:2', 'pon-down 0/1/1'])
    network.restart()
    network.walk('status', onlineOnus(8))
    expect(network.now()).toEqual([])
  })

  test('a walk that ended early ends nothing that it did not read', () => {
    const network = createWatchedNetwork({ important: [{ onuId: 2 }, { onuId: 5 }] })
    network.walk('status', onlineOnus(8))
    network.walk('status', [...downAll([{ onuId: 2 }, { onuId: 5 }])].concat(onlineOnus(1)), {
      failure: true,
    })
    const both = ['onu-offline-optical 0/1/1:2', 'onu-offline-optical 0/1/1:5']
    expect(network.now()).toEqual(both)
    network.silence()
    network.walk('status', [{ onuId: 2, state: 'online' }], { failure: true })
    expect(network.now()).toEqual([both[1]])
  })
})

describe('ONUs and OLTs that are taken away', () => {
  test('take what was told of them with them', () => {
    const network = createWatchedNetwork({ important: [{ onuId: 2 }] })
    network.walk('status', onlineOnus(12))
    network.walk('status', [...onlineOnus(1), ...downAll([{ onuId: 2 }]), ...onlineOnus(10, 3)])
    expect(network.now()).toEqual(['onu-offline-optical 0/1/1:2'])
    network.walk('status', [...onlineOnus(1), ...onlineOnus(10, 3)])
    expect(network.now()).toEqual([])
    network.silence()
    expect(network.now()).toEqual(['olt-unreachable'])
    network.removeOlt()
    expect(network.now()).toEqual([])
  })

  test('another ONU at the address of one that was taken out is no exchange', () => {
    const network = createWatchedNetwork()
    const serial = (text: string) => [{ onuId: 2, texts: { serial: text } }]
    network.walk('status', onlineOnus(12))
    network.walk('identity', serial('AAAA00000001'))
    network.walk('status', [...onlineOnus(1), ...onlineOnus(10, 3)])
    network.walk('status', onlineOnus(12))
    network.walk('identity', serial('BBBB00000002'))
    expect(network.now()).toEqual([])
  })
})

describe('light', () => {
  test('an impossible reading is never low or high, and changes nothing of what was judged', () => {
    const network = createWatchedNetwork({ important: [{ onuId: 1 }] })
    const read = (onuRxDbm: number) =>
      network.walk('optics', [{ onuId: 1, numbers: { onuRxDbm, oltRxDbm: -20 } }])
    network.walk('status', onlineOnus(1))
    read(-50)
    expect(network.now()).toEqual(['reading-invalid 0/1/1:1 onu-rx'])
    read(-28)
    expect(network.now()).toEqual(['rx-low 0/1/1:1 onu-rx'])
    read(25)
    expect(network.now()).toEqual(['reading-invalid 0/1/1:1 onu-rx', 'rx-low 0/1/1:1 onu-rx'])
    read(-20)
    expect(network.now()).toEqual([])
  })

  test('each direction has its own limit, by the class of the optics', () => {
    const network = createWatchedNetwork({ important: [{ onuId: 1 }] })
    const read = () =>
      network.walk('optics', [{ onuId: 1, numbers: { onuRxDbm: -27.5, oltRxDbm: -28.5 } }])
    network.walk('status', onlineOnus(1))
    read()
    expect(network.now()).toEqual(['rx-low 0/1/1:1 olt-rx', 'rx-low 0/1/1:1 onu-rx'])
    network.records.setRow(network.record, { ...network.record.row, opticClass: 'C+' })
    read()
    expect(network.now()).toEqual([])
  })

  test('of an ONU that is off nothing is known: it stays as it was judged', () => {
    const network = createWatchedNetwork({
      important: [{ onuId: 1 }],
      rules: { 'onu-offline-optical': { enabled: false } },
    })
    const onus = onlineOnus(6)
    network.walk('status', onus)
    network.walk('optics', [{ onuId: 1, numbers: { onuRxDbm: -28 } }])
    network.walk('status', [...downAll(onlineOnus(1)), ...onlineOnus(5, 2)])
    network.walk('optics', [{ onuId: 1, numbers: { onuRxDbm: -5 } }])
    expect(network.now()).toEqual(['rx-low 0/1/1:1 onu-rx'])
  })

  test('what a whole PON loses is nobody’s own decline', () => {
    const medians = new Map([1, 2, 3, 4, 5].map((onuId) => [packOnuAddress(addressOf(onuId)), -20]))
    const network = createWatchedNetwork({ medians })
    network.walk('status', onlineOnus(5))
    for (let round = 0; round < 4; round++) {
      network.wait(60)
      network.walk(
        'optics',
        [-24, -24.1, -24.3, -24, -25.9].map((onuRxDbm, index) => ({
          onuId: index + 1,
          numbers: { onuRxDbm },
        })),
      )
    }
    // Only the one that lost more than the others by what the rule says.
    expect(network.now()).toEqual(['rx-degrading 0/1/1:5 onu-rx'])
  })
})

describe('distance and traffic', () => {
  test('a single odd distance is none, and what creeps is followed', () => {
    const network = createWatchedNetwork()
    for (const distanceM of [3_000, 9_000, 3_000, 3_060, 3_120, 3_180, 3_240]) {
      network.walk('status', [{ onuId: 1, state: 'online', numbers: { distanceM } }])
    }
    expect(network.now()).toEqual([])
  })

  test('nothing is said of an ONU that was never seen to carry anything', () => {
    const network = createWatchedNetwork({ important: [{ onuId: 1 }] })
    network.walk('status', onlineOnus(1))
    for (let round = 0; round < 4; round++) {
      network.walk('counters', [{ onuId: 1, numbers: { upBytes: 5, downBytes: 5 } }])
      network.wait(5)
    }
    expect(network.now()).toEqual([])
  })
})

describe('ages', () => {
  test('an OLT that is left alone, or whose light is not read by itself, is never late', () => {
    const network = createWatchedNetwork({ ages: true })
    network.walk('status', onlineOnus(1))
    network.record.status.quiet = { since: network.clock.now(), until: null }
    network.wait(60)
    expect(network.now()).toEqual([])
    network.record.status.quiet = null
    network.wait(2)
    expect(network.now()).toEqual([])
    network.wait(2)
    expect(network.now()).toEqual(['data-stale status'])
  })
})

test('a detector that throws keeps no other from its work', () => {
  const network = createWatchedNetwork({
    console: {
      historyProblem: () => {
        throw new Error('a bug')
      },
    },
  })
  network.wait(0.25)
  network.walk('status', onlineOnus(4))
  network.walk('status', downAll(onlineOnus(4)))
  expect(network.now()).toEqual(['pon-down 0/1/1'])
  expect(network.bugs).toHaveLength(1)
})
