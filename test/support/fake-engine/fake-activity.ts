import type { Input, Output } from '../../../src-shared/contract/index.ts'
import type { FakePlant } from './fake-plant.ts'

type Act = Output<'audit.activity'>['acts'][number]

const minuteMs = 60_000

/** What people did lately: plain, refused, and one command that no text knows. */
export const createFakeActivity = (plant: FakePlant, now: () => number) => {
  const [one, two] = plant.olts
  const startedAt = now()
  const steps: readonly (readonly [
    number,
    string | null,
    string,
    string | null,
    Act['outcome']?,
  ])[] =
    plant.size === 0
      ? []
      : [
          [1, 'Sari Wijaya', 'alarms.acknowledge', null],
          [3, 'Dewi Lestari', 'outages.note', null],
          [4, 'Dewi Lestari', 'outages.acknowledge', null],
          [9, 'Sari Wijaya', 'network.setQuiet', two?.name ?? one?.name ?? null],
          [26, 'Budi Hartono', 'alarms.shelve', null],
          [31, null, 'outages.book', null],
          [44, 'Budi Hartono', 'network.removeOlt', one?.name ?? null, 'refused'],
          [52, 'Sari Wijaya', 'alarms.planMaintenance', 'Splitter change, Kemang'],
          [75, 'Dewi Lestari', 'plant.applyImport', null],
          [88, 'Sari Wijaya', 'alarms.setRule', 'rx-low'],
          [110, 'Budi Hartono', 'network.updateOlt', one?.name ?? null],
          [125, 'Sari Wijaya', 'access.signIn', 'Sari Wijaya'],
          [127, 'Budi Hartono', 'future.command', null, 'failed'],
          [300, 'Sari Wijaya', 'network.addOlt', one?.name ?? null],
        ]
  const acts = steps.map(([ago, by, command, subject, outcome = 'done'], index): Act => ({
    row: 1000 - index,
    at: startedAt - ago * minuteMs,
    by,
    command,
    subject,
    outcome,
  }))
  return {
    'audit.activity': ({
      limit,
      before,
      people,
    }: Input<'audit.activity'>): Output<'audit.activity'> => ({
      acts: acts
        .filter((act) => (before === null || act.row < before) && (!people || act.by !== null))
        .slice(0, limit),
    }),
  }
}
