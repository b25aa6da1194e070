import { packedOf } from './lab-plant.ts'
import { huawei, zte } from './scenario-plants.ts'
import type { Stage, VerdictScenario } from './stage.ts'

/** No outage at all, work that was planned, OLTs that restart, and two faults at once. */

const known = { statusS: 60, knowsPlant: true } as const
const unknown = { statusS: 60, knowsPlant: false } as const

const cutDrops = (stage: Stage, onus: readonly string[]): void =>
  stage.each(onus, (olt, which) => ({ kind: 'cut-drop', olt, which: { onus: which } }))

const powerOff = (stage: Stage, onus: readonly string[], gaspShare = 0.93): void =>
  stage.each(onus, (olt, which) => ({
    kind: 'power-off',
    olt,
    which: { onus: which },
    gaspShare,
    spreadS: 3,
  }))

const reboot =
  (olt: string, silentS: number) =>
  async (stage: Stage): Promise<void> => {
    await stage.ready()
    stage.expect('olt-restart', stage.working(olt), 'some')
    if (silentS > 0) stage.control({ kind: 'silence', olt, on: true })
    stage.control({ kind: 'reboot-olt', olt })
    await stage.wait(silentS)
    if (silentS > 0) stage.control({ kind: 'silence', olt, on: false })
    await stage.wait(Math.max(240, stage.statusS * 2))
  }

const losePath =
  (olt: string, lostS: number) =>
  async (stage: Stage): Promise<void> => {
    await stage.ready()
    stage.control({ kind: 'silence', olt, on: true })
    await stage.wait(lostS)
    stage.control({ kind: 'silence', olt, on: false })
    await stage.wait(400)
  }

const inWindow =
  (behaviour: 'skip' | 'mute' | 'mark'): VerdictScenario['maintenanceOf'] =>
  (idOf) =>
  (oltId, address) =>
    oltId === idOf('HW') &&
    address !== null &&
    address >= packedOf('0/1/1:0') &&
    address < packedOf('0/1/2:0')
      ? { id: '01900000-0000-7000-8000-00000000ffff', behaviour }
      : null

const planned =
  (expects: boolean) =>
  async (stage: Stage): Promise<void> => {
    await stage.ready()
    if (expects) stage.expect('feeder', stage.onPon('HW', '0/1/1'))
    stage.control({ kind: 'cut-pon', olt: 'HW', pon: '0/1/1' })
    await stage.watch()
  }

export const quietScenarios: readonly VerdictScenario[] = [
  {
    name: 'none: the way to the OLT is lost',
    ...known,
    olts: [huawei({ cards: [3], onus: 32 })],
    play: losePath('HW', 600),
  },
  {
    name: 'none: the way to one of two OLTs is lost, plant unknown',
    ...unknown,
    olts: [zte({ cards: [2], onus: 32 }), huawei({ cards: [2], onus: 32 })],
    play: losePath('ZT', 400),
  },
  {
    name: 'none: a batch is switched off by the operator',
    ...known,
    olts: [huawei({ cards: [3], onus: 32 })],
    play: async (stage) => {
      await stage.ready()
      stage.control({ kind: 'disable', olt: 'HW', which: { pon: '0/1/1' } })
      await stage.watch()
    },
  },
  {
    name: 'none: a street is switched off by the operator, other family',
    ...unknown,
    olts: [zte({ cards: [3], onus: 32 })],
    play: async (stage) => {
      await stage.ready()
      stage.control({ kind: 'disable', olt: 'ZT', which: { pon: '1/2/1', street: 2 } })
      await stage.watch()
    },
  },
  {
    name: 'none: one drop after its light declined',
    ...known,
    opticsS: 300,
    olts: [huawei({ cards: [2], onus: 32 })],
    play: async (stage) => {
      await stage.ready()
      stage.control({ kind: 'attenuate-pon', olt: 'HW', pon: '0/1/0', lossDb: 4 })
      await stage.wait(400)
      cutDrops(stage, stage.onPon('HW', '0/1/0').slice(3, 4))
      await stage.watch()
    },
  },
  {
    name: 'none: one customer without power',
    ...known,
    olts: [zte({ cards: [2], onus: 32 })],
    play: async (stage) => {
      await stage.ready()
      powerOff(stage, stage.onPon('ZT', '1/2/1').slice(5, 6), 1)
      await stage.watch()
    },
  },
  {
    name: 'none: single ONUs on four PONs within a minute',
    ...unknown,
    olts: [huawei({ cards: [4], onus: 32 })],
    play: async (stage) => {
      await stage.ready()
      for (const port of [0, 1, 2, 3]) {
        cutDrops(stage, stage.onPon('HW', `0/1/${port}`).slice(4, 5))
        await stage.wait(13)
      }
      await stage.watch()
    },
  },
  {
    name: 'none: a bad adapter comes and goes',
    ...known,
    olts: [huawei({ cards: [2], onus: 32 })],
    play: async (stage) => {
      await stage.ready()
      const one = stage.onPon('HW', '0/1/1').slice(2, 3)
      for (let turn = 0; turn < 6; turn++) {
        powerOff(stage, one, 1)
        await stage.wait(90)
        stage.each(one, (olt, which) => ({ kind: 'restore', olt, which: { onus: which } }))
        await stage.wait(150)
      }
    },
  },
  {
    name: 'none: new firmware, a PON reboots',
    ...unknown,
    statusS: 30,
    olts: [zte({ cards: [2], onus: 32 })],
    play: async (stage) => {
      await stage.ready()
      stage.control({ kind: 'reboot-onus', olt: 'ZT', which: { pon: '1/2/2' } })
      await stage.wait(200)
    },
  },
  {
    name: 'none: five drops of one PON over two hours',
    ...known,
    statusS: 120,
    olts: [huawei({ cards: [2], onus: 32 })],
    play: async (stage) => {
      await stage.ready()
      for (const onu of stage.onPon('HW', '0/1/0').slice(0, 5)) {
        cutDrops(stage, [onu])
        await stage.wait(1_500)
      }
    },
  },
  {
    name: 'none: an hour of a restless network',
    ...unknown,
    statusS: 120,
    olts: [
      huawei({
        cards: [3],
        onus: 64,
        population: { dailyOutageShare: 0.6, flappingShare: 0.05, offlineShare: 0.1 },
      }),
      zte({ cards: [2], onus: 64, population: { dailyOutageShare: 0.6, flappingShare: 0.05 } }),
    ],
    play: async (stage) => {
      await stage.ready()
      await stage.wait(3_600)
    },
  },
  {
    name: 'none: many ONUs dead for days at the first look',
    ...known,
    olts: [huawei({ cards: [3], onus: 64, population: { offlineShare: 0.3 } })],
    play: async (stage) => {
      await stage.ready()
      await stage.watch()
    },
  },
  {
    name: 'none: maintenance that is to be skipped',
    ...known,
    olts: [huawei({ cards: [3], onus: 32 })],
    maintenanceOf: inWindow('skip'),
    play: planned(false),
  },
  {
    name: 'maintenance that is muted',
    ...known,
    olts: [huawei({ cards: [3], onus: 32 })],
    maintenanceOf: inWindow('mute'),
    play: planned(true),
  },
  {
    name: 'maintenance that is marked',
    ...known,
    olts: [huawei({ cards: [3], onus: 32 })],
    maintenanceOf: inWindow('mark'),
    play: planned(true),
  },
  {
    name: 'an outage stays while the way to its OLT is lost',
    ...known,
    olts: [huawei({ cards: [3], onus: 32 })],
    play: async (stage) => {
      await stage.ready()
      stage.expect('feeder', stage.onPon('HW', '0/1/1'))
      stage.control({ kind: 'cut-pon', olt: 'HW', pon: '0/1/1' })
      await stage.watch()
      stage.control({ kind: 'silence', olt: 'HW', on: true })
      await stage.wait(900)
      stage.control({ kind: 'silence', olt: 'HW', on: false })
      await stage.wait(400)
    },
  },
]

export const restartScenarios: readonly VerdictScenario[] = [
  {
    name: 'OLT restarts, silent for over a minute',
    ...known,
    olts: [huawei({ cards: [3], onus: 32 })],
    play: reboot('HW', 75),
  },
  {
    name: 'OLT restarts, silent for over a minute, other family',
    ...unknown,
    olts: [zte({ cards: [2, 1], onus: 32 })],
    play: reboot('ZT', 75),
  },
  {
    name: 'OLT restarts and answers at once',
    ...known,
    statusS: 30,
    olts: [huawei({ cards: [3], onus: 16 })],
    play: reboot('HW', 0),
  },
  {
    name: 'one of two OLTs restarts',
    ...unknown,
    olts: [zte({ cards: [2], onus: 16 }), huawei({ cards: [2], onus: 16 })],
    play: reboot('ZT', 55),
  },
]

export const twofoldScenarios: readonly VerdictScenario[] = [
  {
    name: 'two: a feeder and a street without power, at once',
    ...known,
    olts: [huawei({ cards: [3, 1], onus: 32 })],
    play: async (stage) => {
      await stage.ready()
      stage.expect('feeder', stage.onPon('HW', '0/1/0'))
      const pon = stage.onPon('HW', '0/1/2')
      const dark = new Set(stage.onStreets(stage.streets('HW', '0/1/2').toSorted().slice(0, 3)))
      const onus = pon.filter((onu) => dark.has(onu))
      stage.expect('area-power', onus)
      stage.control({ kind: 'cut-pon', olt: 'HW', pon: '0/1/0' })
      powerOff(stage, onus)
      await stage.watch()
    },
  },
  {
    name: 'two: a feeder, and half a minute later a box of another PON',
    ...known,
    olts: [huawei({ cards: [3], onus: 32 })],
    play: async (stage) => {
      await stage.ready()
      stage.expect('feeder', stage.onPon('HW', '0/1/0'))
      stage.control({ kind: 'cut-pon', olt: 'HW', pon: '0/1/0' })
      await stage.wait(30)
      const onus = stage.boxes('HW', '0/1/1').slice(1, 2).flat()
      stage.expect('distribution', onus)
      cutDrops(stage, onus)
      await stage.watch()
    },
  },
  {
    name: 'two: a card, and power on the other card',
    ...unknown,
    olts: [zte({ cards: [3, 3], onus: 32 })],
    play: async (stage) => {
      await stage.ready()
      stage.expect(
        'card',
        stage.working('ZT', ({ onu }) => onu.startsWith('1/2/')),
      )
      const onus = [...stage.onPon('ZT', '1/3/1'), ...stage.onPon('ZT', '1/3/2')]
      stage.expect('area-power', onus)
      stage.control({ kind: 'card-fault', olt: 'ZT', slot: 2, on: true })
      powerOff(stage, onus)
      await stage.watch()
    },
  },
  {
    name: 'two OLTs: a feeder here, power there',
    ...known,
    olts: [huawei({ cards: [3], onus: 32 }), zte({ cards: [2, 1], onus: 32 })],
    play: async (stage) => {
      await stage.ready()
      stage.expect('feeder', stage.onPon('HW', '0/1/2'))
      stage.expect('area-power', stage.onPon('ZT', '1/2/1'))
      stage.control({ kind: 'cut-pon', olt: 'HW', pon: '0/1/2' })
      powerOff(stage, stage.onPon('ZT', '1/2/1'))
      await stage.watch()
    },
  },
  {
    name: 'two OLTs: a box each',
    ...known,
    olts: [huawei({ cards: [2], onus: 64 }), zte({ cards: [2], onus: 32 })],
    play: async (stage) => {
      await stage.ready()
      const here = stage.boxes('HW', '0/1/1').slice(2, 3).flat()
      const there = stage.boxes('ZT', '1/2/1').slice(1, 2).flat()
      stage.expect('distribution', here)
      stage.expect('distribution', there)
      cutDrops(stage, [...here, ...there])
      await stage.watch()
    },
  },
  {
    name: 'two: power in one street, a cut cable in others of the same PON',
    ...known,
    olts: [huawei({ cards: [2], onus: 128 })],
    play: async (stage) => {
      await stage.ready()
      const boxes = stage.boxes('HW', '0/1/0')
      const cable = boxes.slice(-4).flat()
      const streets = stage.streets('HW', '0/1/0')
      const street = streets.find((one) => stage.onStreets([one]).every((o) => !cable.includes(o)))
      const power = stage.onStreets(street === undefined ? [] : [street])
      stage.expect('area-power', power)
      stage.expect('distribution', cable)
      powerOff(stage, power)
      cutDrops(stage, cable)
      await stage.watch()
    },
  },
  {
    name: 'two: a box, and an hour later another of the same PON',
    ...known,
    olts: [huawei({ cards: [2], onus: 64 })],
    play: async (stage) => {
      await stage.ready()
      const boxes = stage.boxes('HW', '0/1/1')
      stage.expect('distribution', boxes[1] ?? [])
      cutDrops(stage, boxes[1] ?? [])
      await stage.wait(3_600)
      stage.expect('distribution', stage.boxes('HW', '0/1/1')[5] ?? [])
      cutDrops(stage, stage.boxes('HW', '0/1/1')[5] ?? [])
      await stage.watch()
    },
  },
]
