import { NocturneError } from '../../src-shared/errors.ts'
import type { Clock } from '../engine/clock.ts'
import type { CallContext, CommandHandlers, QueryHandlers } from '../engine/handlers.ts'
import type { Reach } from '../engine/reach.ts'
import type { StoreReader } from '../store/read-handle.ts'
import { writePdf } from './pdf.ts'
import { makeReport, type HandoverSources } from './report.ts'
import { createHandoverReads, insertNote } from './tables.ts'
import { wordsFor } from './words.ts'

export type HandoverQuery = 'handover.report' | 'handover.notes' | 'handover.pdf'
export type HandoverCommand = 'handover.write'

const dayMs = 86_400_000
const mostDays = 7

/** What one shift leaves to the next: gathered from the others, with a note of its own. */
export const createHandover = (deps: {
  readonly clock: Clock
  readonly newId: () => string
  readonly reader: StoreReader
  /** Asked with each report. */
  readonly sources: (reach: Reach) => HandoverSources
}): {
  readonly queries: QueryHandlers<HandoverQuery>
  readonly commands: CommandHandlers<HandoverCommand>
} => {
  const { clock } = deps
  const reads = createHandoverReads(deps.reader)

  const mustBePeriod = (from: number, to: number): void => {
    if (!(to > from) || to - from > mostDays * dayMs || from > clock.now()) {
      throw new NocturneError('invalid-input', { field: 'from' })
    }
  }

  const nameOf = ({ session }: CallContext): string => session?.name ?? ''

  return {
    queries: {
      'handover.report': ({ from, to }, { signal, reach }) => {
        mustBePeriod(from, to)
        return makeReport(deps.sources(reach), { from, to }, clock.now(), signal)
      },
      'handover.notes': () => ({ notes: reads.latest() }),
      'handover.pdf': async ({ from, to, text, takenBy, language, timeZone }, context) => {
        mustBePeriod(from, to)
        const words = wordsFor(language, timeZone)
        const report = await makeReport(
          deps.sources(context.reach),
          { from, to },
          clock.now(),
          context.signal,
        )
        const bytes = await writePdf({ report, text, takenBy, by: nameOf(context), words })
        return {
          bytes: new Uint8Array(bytes),
          fileName: `${words.fileName}-${words.fileDate(to)}.pdf`,
        }
      },
    },
    commands: {
      'handover.write': ({ from, to, text, takenBy }, { session }) => {
        if (session === null) throw new NocturneError('not-signed-in')
        mustBePeriod(from, to)
        const id = deps.newId()
        return {
          apply: (tx) => {
            insertNote(tx, {
              id,
              fromAt: from,
              toAt: to,
              text,
              takenBy,
              accountId: session.accountId,
              writtenAt: clock.now(),
            })
            return { id }
          },
        }
      },
    },
  }
}
