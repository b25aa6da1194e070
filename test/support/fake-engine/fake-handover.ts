import type { Input, Output } from '../../../src-shared/contract/index.ts'
import { makeReport } from '../../../src-main/handover/report.ts'

type Handlers = {
  readonly [Name in 'handover.report' | 'handover.notes' | 'handover.pdf' | 'handover.write']: (
    input: Input<Name>,
  ) => Output<Name> | Promise<Output<Name>>
}

interface Others {
  readonly 'alarms.list': (
    input: Input<'alarms.list'>,
  ) => Output<'alarms.list'> | Promise<Output<'alarms.list'>>
  readonly 'alarms.summary': (
    input: Record<string, never>,
  ) => Output<'alarms.summary'> | Promise<Output<'alarms.summary'>>
  readonly 'alarms.maintenance': (
    input: Input<'alarms.maintenance'>,
  ) => Output<'alarms.maintenance'> | Promise<Output<'alarms.maintenance'>>
  readonly 'outages.list': (
    input: Input<'outages.list'>,
  ) => Output<'outages.list'> | Promise<Output<'outages.list'>>
  readonly 'audit.activity': (
    input: Input<'audit.activity'>,
  ) => Output<'audit.activity'> | Promise<Output<'audit.activity'>>
}

const by = { accountId: '01930000-0000-7000-8000-0000000000aa', name: 'Sari Wijaya' }

/** Made of the other fakes, as the engine makes it of the other capabilities. */
export const createFakeHandover = (others: () => Others, now: () => number): Handlers => {
  const hour = 3_600_000
  const notes: Output<'handover.notes'>['notes'] = [
    {
      id: '01930000-0000-7000-8004-000000000001',
      from: now() - 20 * hour,
      to: now() - 12 * hour,
      text: 'Feeder crew was at cabinet KRG-02 until 21:30; light of 0/1/3 is back where it was.\nBUKIT-04 is left alone until the morning.',
      by,
      takenBy: 'Budi Santoso',
      writtenAt: now() - 12 * hour,
    },
  ]
  return {
    'handover.report': ({ from, to }) =>
      makeReport(
        {
          alarms: async (input) => others()['alarms.list'](input),
          summary: async () => others()['alarms.summary']({}),
          maintenance: async () => (await others()['alarms.maintenance']({ ended: false })).windows,
          outages: async (input) => others()['outages.list'](input),
          acts: async (limit) =>
            (await others()['audit.activity']({ limit, before: null, people: true })).acts,
          facts: { olts: () => [] },
        },
        { from, to },
        now(),
        new AbortController().signal,
      ),
    'handover.notes': () => ({ notes }),
    'handover.pdf': () => ({
      bytes: new TextEncoder().encode('%PDF-1.3\n%%EOF\n'),
      fileName: 'hand-over.pdf',
    }),
    'handover.write': (input) => {
      const id = `01930000-0000-7000-8004-${String(notes.length + 1).padStart(12, '0')}`
      notes.unshift({ ...input, id, by, writtenAt: now() })
      return { id }
    },
  }
}
