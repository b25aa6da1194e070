import { allModels, huawei, zte, type OltSize } from './scenario-plants.ts'
import type { Stage, VerdictScenario } from './stage.ts'

/** Power that fails in a place: every house of its streets, whatever PON it hangs on. */

interface Blackout {
  /** How many streets of each PON; null: whole PONs. */
  readonly streets: number | null
  readonly gaspShare?: number
  readonly spreadS?: number
}

const blackout =
  (pons: readonly (readonly [olt: string, pon: string])[], how: Blackout) =>
  async (stage: Stage): Promise<void> => {
    await stage.ready()
    cutPower(stage, pons, how)
    await stage.wait(how.spreadS ?? 0)
    await stage.watch()
  }

const cutPower = (
  stage: Stage,
  pons: readonly (readonly [olt: string, pon: string])[],
  { streets, gaspShare, spreadS }: Blackout,
): readonly string[] => {
  const from = Math.floor(stage.random() * 2)
  const named = pons.flatMap(([olt, pon]) =>
    stage
      .streets(olt, pon)
      .toSorted()
      .slice(from, from + (streets ?? 99)),
  )
  const onus =
    streets === null ? pons.flatMap(([olt, pon]) => stage.onPon(olt, pon)) : stage.onStreets(named)
  stage.expect('area-power', onus)
  stage.each(onus, (olt, which) => ({
    kind: 'power-off',
    olt,
    which: { onus: which },
    gaspShare: gaspShare ?? 0.93,
    spreadS: spreadS ?? 3,
  }))
  return onus
}

const threePons = [
  ['HW', '0/1/0'],
  ['HW', '0/1/1'],
  ['HW', '0/2/0'],
] as const
const threePonsZte = [
  ['ZT', '1/2/1'],
  ['ZT', '1/2/3'],
  ['ZT', '1/3/1'],
] as const

const known = { statusS: 60, knowsPlant: true } as const
const unknown = { statusS: 60, knowsPlant: false } as const
const hw = (more: Partial<OltSize> = {}) => huawei({ cards: [3, 2], onus: 32, ...more })
const zt = (more: Partial<OltSize> = {}) => zte({ cards: [3, 2], onus: 32, ...more })

export const powerScenarios: readonly VerdictScenario[] = [
  {
    name: 'power cut over three PONs',
    ...known,
    olts: [hw()],
    play: blackout(threePons, { streets: 3 }),
  },
  {
    name: 'power cut over three PONs, plant unknown',
    ...unknown,
    olts: [zt()],
    play: blackout(threePonsZte, { streets: 3 }),
  },
  {
    name: 'power cut over three PONs, 60 % of gasps heard',
    ...known,
    olts: [hw()],
    play: blackout(threePons, { streets: 4, gaspShare: 0.6 }),
  },
  {
    name: 'power cut over three PONs, 40 % of gasps heard, plant unknown',
    ...unknown,
    olts: [zt()],
    play: blackout(threePonsZte, { streets: 4, gaspShare: 0.4 }),
  },
  {
    name: 'power cut, batteries for ten minutes',
    ...known,
    olts: [hw()],
    play: blackout(threePons, { streets: 3, spreadS: 600 }),
  },
  {
    name: 'power cut, batteries for five minutes, 60 % of gasps heard, plant unknown',
    ...unknown,
    olts: [zt()],
    play: blackout(threePonsZte, { streets: 4, spreadS: 300, gaspShare: 0.6 }),
  },
  {
    name: 'power cut over three PONs, no gasp heard',
    ...known,
    olts: [hw()],
    play: blackout(threePons, { streets: 3, gaspShare: 0 }),
  },
  {
    name: 'power cut over three PONs, models that never gasp',
    ...known,
    olts: [hw({ quirks: { neverGasp: allModels } })],
    play: blackout(threePons, { streets: 3 }),
  },
  {
    name: 'power cut over three PONs, models that never gasp, plant unknown',
    ...unknown,
    olts: [zt({ quirks: { neverGasp: allModels } })],
    play: blackout(threePonsZte, { streets: 2 }),
  },
  {
    name: 'power cut over three PONs, half of the models never gasp',
    ...known,
    olts: [hw({ quirks: { neverGasp: ['HG8245H', 'HG8546M'] } })],
    play: blackout(threePons, { streets: 4 }),
  },
  {
    name: 'power cut, whole PONs',
    ...known,
    olts: [zt()],
    play: blackout(threePonsZte, { streets: null }),
  },
  {
    name: 'power cut, one whole PON',
    ...unknown,
    olts: [hw()],
    play: blackout([['HW', '0/1/1']], { streets: null }),
  },
  {
    name: 'power cut, whole OLT area',
    ...known,
    olts: [huawei({ cards: [2, 2], onus: 32 })],
    play: blackout(
      [
        ['HW', '0/1/0'],
        ['HW', '0/1/1'],
        ['HW', '0/2/0'],
        ['HW', '0/2/1'],
      ],
      { streets: null },
    ),
  },
  {
    name: 'power cut, one street',
    ...known,
    olts: [huawei({ cards: [2], onus: 64 })],
    play: blackout([['HW', '0/1/0']], { streets: 1 }),
  },
  {
    name: 'power cut, two streets, 60 % of gasps heard, plant unknown',
    ...unknown,
    olts: [zte({ cards: [2], onus: 64 })],
    play: blackout([['ZT', '1/2/2']], { streets: 2, gaspShare: 0.6 }),
  },
  {
    name: 'power cut, PON of 8',
    ...unknown,
    olts: [huawei({ cards: [4], onus: 8 })],
    play: blackout([['HW', '0/1/2']], { streets: null, gaspShare: 0.9 }),
  },
  {
    name: 'power cut, 128 ONUs a PON, asked every 5 minutes',
    ...known,
    statusS: 300,
    olts: [huawei({ cards: [3], onus: 128 })],
    play: blackout(
      [
        ['HW', '0/1/0'],
        ['HW', '0/1/2'],
      ],
      { streets: 2 },
    ),
  },
  {
    name: 'power cut, asked every 15 s',
    ...unknown,
    statusS: 15,
    olts: [zt()],
    play: blackout(threePonsZte, { streets: 2 }),
  },
  {
    name: 'power cut, OLT clock three minutes slow',
    ...known,
    olts: [hw({ quirks: { clockSkewS: -180 } })],
    play: blackout(threePons, { streets: 3 }),
  },
  {
    name: 'power cut over two OLTs',
    ...known,
    olts: [hw({ name: 'HW', cards: [2] }), zt({ name: 'ZT', cards: [2] })],
    play: blackout(
      [
        ['HW', '0/1/0'],
        ['ZT', '1/2/1'],
      ],
      { streets: 4 },
    ),
  },
  {
    name: 'a street goes dark one house after the other',
    ...known,
    olts: [huawei({ cards: [2], onus: 64 })],
    play: async (stage) => {
      await stage.ready()
      const onus = stage.onStreets(stage.streets('HW', '0/1/1').toSorted().slice(0, 2))
      stage.expect('area-power', onus)
      for (const onu of onus) {
        stage.each([onu], (olt, which) => ({ kind: 'power-off', olt, which: { onus: which } }))
        await stage.wait(12)
      }
      await stage.watch()
    },
  },
  {
    name: 'power returns and all boot at once',
    ...known,
    olts: [hw()],
    play: async (stage) => {
      await stage.ready()
      const onus = cutPower(stage, threePons, { streets: 4 })
      await stage.wait(300)
      stage.each(onus, (olt, which) => ({ kind: 'restore', olt, which: { onus: which } }))
      await stage.wait(240)
      // Firmware that boots twice: seen down once more, and back.
      stage.each(onus, (olt, which) => ({ kind: 'reboot-onus', olt, which: { onus: which } }))
      await stage.wait(240)
    },
  },
  {
    name: 'power returns, fails again, returns',
    ...unknown,
    olts: [zt()],
    play: async (stage) => {
      await stage.ready()
      const onus = cutPower(stage, threePonsZte, { streets: 3 })
      await stage.wait(240)
      stage.each(onus, (olt, which) => ({ kind: 'restore', olt, which: { onus: which } }))
      await stage.wait(180)
      stage.each(onus, (olt, which) => ({ kind: 'power-off', olt, which: { onus: which } }))
      await stage.wait(240)
      stage.each(onus, (olt, which) => ({ kind: 'restore', olt, which: { onus: which } }))
      await stage.wait(180)
    },
  },
  {
    name: 'power cut before anything was read',
    ...known,
    olts: [hw()],
    play: async (stage) => {
      cutPower(stage, threePons, { streets: 3 })
      await stage.wait(5)
      await stage.ready()
      await stage.watch()
    },
  },
]
