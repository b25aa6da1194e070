import { huawei, zte } from './scenario-plants.ts'
import type { Stage, VerdictScenario } from './stage.ts'

/** Cut and broken fibre, ports and cards. What is expected is the cause that is played. */

const cutPon =
  (olt: string, ...pons: readonly string[]) =>
  async (stage: Stage): Promise<void> => {
    await stage.ready()
    stage.expect(
      'feeder',
      pons.flatMap((pon) => stage.onPon(olt, pon)),
    )
    for (const pon of pons) stage.control({ kind: 'cut-pon', olt, pon })
    await stage.watch()
  }

/** The drops of whole boxes go dark: their cable is cut. `from` and `count` in boxes. */
const cutBoxes =
  (olt: string, pon: string, from: number, count: number) =>
  async (stage: Stage): Promise<void> => {
    await stage.ready()
    const onus = stage
      .boxes(olt, pon)
      .slice(from, from + count)
      .flat()
    stage.expect('distribution', onus)
    stage.each(onus, (name, which) => ({ kind: 'cut-drop', olt: name, which: { onus: which } }))
    await stage.watch()
  }

/** Only what lies farther than a share of the PON's ONUs is cut off. */
const cutPartway =
  (olt: string, pon: string, share: number) =>
  async (stage: Stage): Promise<void> => {
    await stage.ready()
    const distances = stage.lab.plant
      .truth(olt)
      .onus.filter(({ onu, phase }) => onu.startsWith(`${pon}:`) && phase === 'working')
      .map(({ distanceM }) => distanceM)
      .sort((one, other) => one - other)
    const beyondM = distances[Math.floor(distances.length * share)] ?? 0
    stage.expect(
      'distribution',
      stage.working(olt, (onu) => onu.onu.startsWith(`${pon}:`) && onu.distanceM > beyondM),
    )
    stage.control({ kind: 'cut-pon', olt, pon, beyondM })
    await stage.watch()
  }

const failPort =
  (olt: string, pon: string) =>
  async (stage: Stage): Promise<void> => {
    await stage.ready()
    stage.expect('pon-port', stage.onPon(olt, pon))
    stage.control({ kind: 'pon-fault', olt, pon, on: true })
    await stage.watch()
  }

const failCard =
  (olt: string, slot: number, told: boolean) =>
  async (stage: Stage): Promise<void> => {
    await stage.ready()
    stage.expect(
      'card',
      stage.working(olt, ({ onu }) => Number(onu.split('/')[1]) === slot),
    )
    stage.control({ kind: 'card-fault', olt, slot, on: true, told })
    await stage.watch()
  }

const known = { statusS: 60, knowsPlant: true } as const
const unknown = { statusS: 60, knowsPlant: false } as const

export const fibreScenarios: readonly VerdictScenario[] = [
  {
    name: 'feeder cut, 32 ONUs',
    ...known,
    olts: [huawei({ cards: [3, 2], onus: 32 })],
    play: cutPon('HW', '0/1/1'),
  },
  {
    name: 'feeder cut, 64 ONUs, plant unknown',
    ...unknown,
    olts: [zte({ cards: [2, 2], onus: 64 })],
    play: cutPon('ZT', '1/2/2'),
  },
  {
    name: 'feeder cut, PON of 8',
    ...known,
    olts: [huawei({ cards: [4], onus: 8 })],
    play: cutPon('HW', '0/1/2'),
  },
  {
    name: 'feeder cut, 128 ONUs, asked every 5 minutes',
    ...known,
    statusS: 300,
    olts: [huawei({ cards: [2, 1], onus: 128 })],
    play: cutPon('HW', '0/1/0'),
  },
  {
    name: 'feeder cut, PON of 16, asked every 15 s',
    ...unknown,
    statusS: 15,
    olts: [zte({ cards: [3], onus: 16 })],
    play: cutPon('ZT', '1/2/1'),
  },
  {
    name: 'feeder cut, one PON in use on the OLT',
    ...unknown,
    olts: [huawei({ cards: [1], onus: 48, split: 64 })],
    play: cutPon('HW', '0/1/0'),
  },
  {
    name: 'feeder cut, OLT clock three minutes slow',
    ...known,
    olts: [huawei({ cards: [3], onus: 32, quirks: { clockSkewS: -180 } })],
    play: cutPon('HW', '0/1/2'),
  },
  {
    name: 'one cable of two PONs of a card',
    ...known,
    olts: [huawei({ cards: [4, 2], onus: 32 })],
    play: cutPon('HW', '0/1/1', '0/1/2'),
  },
  {
    name: 'one cable of three PONs over two cards',
    ...unknown,
    olts: [zte({ cards: [3, 3], onus: 32 })],
    play: cutPon('ZT', '1/2/2', '1/3/1', '1/3/3'),
  },
  {
    name: 'one box of 8',
    ...known,
    olts: [huawei({ cards: [2], onus: 64 })],
    play: cutBoxes('HW', '0/1/0', 3, 1),
  },
  {
    name: 'one box of 8, PON of 16',
    ...known,
    olts: [zte({ cards: [3], onus: 16 })],
    play: cutBoxes('ZT', '1/2/2', 0, 1),
  },
  {
    name: 'one box of 8, plant unknown',
    ...unknown,
    olts: [huawei({ cards: [2, 1], onus: 64 })],
    play: cutBoxes('HW', '0/1/1', 2, 1),
  },
  {
    name: 'half a splitter',
    ...known,
    olts: [huawei({ cards: [2], onus: 64 })],
    play: cutBoxes('HW', '0/1/1', 0, 4),
  },
  {
    name: 'half a splitter, plant unknown',
    ...unknown,
    olts: [zte({ cards: [2, 1], onus: 32 })],
    play: cutBoxes('ZT', '1/2/1', 2, 2),
  },
  {
    name: 'three boxes of 128 ONUs, asked every 15 minutes',
    ...known,
    statusS: 900,
    olts: [huawei({ cards: [2], onus: 128 })],
    play: cutBoxes('HW', '0/1/1', 5, 3),
  },
  {
    name: 'one box, asked every 2 minutes, OLT without times',
    ...known,
    statusS: 120,
    olts: [
      huawei({
        cards: [2],
        onus: 32,
        quirks: { lackingColumns: ['1.3.6.1.4.1.2011.6.128.1.1.2.46.1.23'] },
      }),
    ],
    play: cutBoxes('HW', '0/1/0', 1, 1),
  },
  {
    name: 'one box whose light had fallen before',
    ...known,
    opticsS: 300,
    olts: [huawei({ cards: [2], onus: 32 })],
    play: async (stage) => {
      await stage.ready()
      await stage.wait(600)
      stage.control({ kind: 'attenuate-pon', olt: 'HW', pon: '0/1/1', lossDb: 5 })
      await stage.wait(400)
      const onus = stage.boxes('HW', '0/1/1').slice(0, 1).flat()
      stage.expect('distribution', onus)
      stage.each(onus, (olt, which) => ({ kind: 'cut-drop', olt, which: { onus: which } }))
      await stage.watch()
    },
  },
  {
    name: 'cut partway',
    ...known,
    olts: [huawei({ cards: [2], onus: 64 })],
    play: cutPartway('HW', '0/1/0', 0.5),
  },
  {
    name: 'cut partway, plant unknown',
    ...unknown,
    olts: [zte({ cards: [2, 1], onus: 32 })],
    play: cutPartway('ZT', '1/3/1', 0.4),
  },
  {
    name: 'cut near the end, 128 ONUs',
    ...unknown,
    olts: [huawei({ cards: [1, 1], onus: 128 })],
    play: cutPartway('HW', '0/2/0', 0.8),
  },
  {
    name: 'a cable tears in two steps, between two walks or across one',
    ...known,
    olts: [huawei({ cards: [2], onus: 64 })],
    play: async (stage) => {
      await stage.ready()
      const onus = stage.boxes('HW', '0/1/0').slice(2, 4).flat()
      stage.expect('distribution', onus)
      const cut = (some: readonly string[]): void =>
        stage.each(some, (olt, which) => ({ kind: 'cut-drop', olt, which: { onus: which } }))
      cut(onus.filter((_, index) => index % 2 === 0))
      await stage.wait(40)
      cut(onus.filter((_, index) => index % 2 === 1))
      await stage.watch()
    },
  },
  {
    name: 'port optics dead',
    ...known,
    olts: [huawei({ cards: [3, 1], onus: 32 })],
    play: failPort('HW', '0/1/1'),
  },
  {
    name: 'port optics dead, 64 ONUs, plant unknown',
    ...unknown,
    olts: [zte({ cards: [2, 1], onus: 64 })],
    play: failPort('ZT', '1/2/1'),
  },
  {
    name: 'port optics dead, PON of 8, asked every 5 minutes',
    ...unknown,
    statusS: 300,
    olts: [huawei({ cards: [4], onus: 8 })],
    play: failPort('HW', '0/1/3'),
  },
  {
    name: 'card dead, the OLT says so',
    ...known,
    olts: [huawei({ cards: [4, 2], onus: 32 })],
    play: failCard('HW', 1, true),
  },
  {
    name: 'card dead, the OLT says so, other family',
    ...unknown,
    olts: [zte({ cards: [3, 3], onus: 32 })],
    play: failCard('ZT', 3, true),
  },
  {
    name: 'card dead, no word of it',
    ...unknown,
    olts: [zte({ cards: [4, 2], onus: 16 })],
    play: failCard('ZT', 2, false),
  },
  {
    name: 'the only card dead',
    ...known,
    olts: [huawei({ cards: [4], onus: 32 })],
    play: failCard('HW', 1, true),
  },
  {
    name: 'PON that comes and goes',
    ...known,
    olts: [huawei({ cards: [3], onus: 32 })],
    play: async (stage) => {
      await stage.ready()
      stage.expect('feeder', stage.onPon('HW', '0/1/1'))
      for (let turn = 0; turn < 3; turn++) {
        stage.control({ kind: 'cut-pon', olt: 'HW', pon: '0/1/1' })
        await stage.wait(150)
        stage.control({ kind: 'restore-pon', olt: 'HW', pon: '0/1/1' })
        await stage.wait(150)
      }
    },
  },
  {
    name: 'feeder cut before anything was read',
    ...known,
    olts: [huawei({ cards: [3], onus: 32 })],
    play: async (stage) => {
      stage.expect('feeder', stage.onPon('HW', '0/1/0'))
      stage.control({ kind: 'cut-pon', olt: 'HW', pon: '0/1/0' })
      await stage.wait(95)
      await stage.ready()
      await stage.watch()
    },
  },
  {
    name: 'box cut before anything was read',
    ...known,
    olts: [zte({ cards: [2], onus: 32 })],
    play: async (stage) => {
      const onus = stage.boxes('ZT', '1/2/2').slice(1, 3).flat()
      stage.expect('distribution', onus)
      stage.each(onus, (olt, which) => ({ kind: 'cut-drop', olt, which: { onus: which } }))
      await stage.wait(1_200)
      await stage.ready()
      await stage.watch()
    },
  },
  {
    name: 'feeder cut among doubled answers and a doubled serial',
    ...known,
    olts: [huawei({ cards: [3], onus: 32 })],
    play: async (stage) => {
      const [one = '', other = ''] = stage.onPon('HW', '0/1/0').map((onu) => onu.slice(3))
      stage.control({
        kind: 'duplicate-serial',
        olt: 'HW',
        onu: other,
        of: { olt: 'HW', onu: one },
      })
      await cutPon('HW', '0/1/0')(stage)
    },
  },
]
