import type { Input } from '../../src-shared/contract/index.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { CommandHandlers, QueryHandlers } from '../engine/handlers.ts'
import type { Transaction } from '../store/write-path.ts'
import type { SubscriberList } from './list.ts'
import type { SubscribersDependencies } from './ports.ts'
import { settingsIn } from './settings.ts'
import { noteEvent } from './timeline.ts'

export type BulkCommand = 'subscribers.setAgent' | 'subscribers.configure'

type Which = Input<'subscribers.setAgent'>['which']

interface ChosenRow {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly version: number
  readonly agentId: string | null
}

const chosenSql = `SELECT id, code, name, version, agent_id AS agentId FROM subscriber
  WHERE id IN (SELECT value FROM json_each(?)) ORDER BY number`

const sampleSize = 10

/** One change of many subscribers at once, seen before it is made. */
export const createBulkCommands = (
  deps: Pick<SubscribersDependencies, 'clock' | 'reader' | 'activeAccounts' | 'nameOfAccount'> & {
    readonly list: Pick<SubscriberList, 'ids'>
    readonly changed: () => void
  },
): {
  /** By the console itself: subscribers of a simulated workspace. */
  readonly giveAll: (tx: Transaction, agentId: string, ids: readonly string[]) => void
  readonly queries: QueryHandlers<'subscribers.previewAgent'>
  readonly commands: CommandHandlers<BulkCommand>
} => {
  const { clock } = deps
  const chosen = deps.reader.prepare<[string], ChosenRow>(chosenSql)
  const idsOf = (which: Which): string =>
    JSON.stringify('ids' in which ? which.ids : deps.list.ids(which.filter))

  const refuseAgent = (agentId: string | null): void => {
    if (agentId !== null && !deps.activeAccounts().some(({ id }) => id === agentId)) {
      throw new NocturneError('not-found', { what: 'account' })
    }
  }

  const setAgent = (
    tx: Transaction,
    rows: readonly ChosenRow[],
    agentId: string | null,
    accountId: string | null,
  ): void => {
    const at = clock.now()
    const data = { agent: agentId === null ? null : deps.nameOfAccount(agentId) }
    for (const { id, version } of rows) {
      tx.run(
        `UPDATE subscriber SET agent_id = ?, version = ?, updated_at = ? WHERE id = ?`,
        agentId,
        version + 1,
        at,
        id,
      )
      noteEvent(tx, { subscriberId: id, at, kind: 'agent', accountId, data })
    }
  }

  return {
    giveAll: (tx, agentId, ids) => {
      setAgent(tx, tx.all<ChosenRow>(chosenSql, JSON.stringify(ids)), agentId, null)
    },
    queries: {
      'subscribers.previewAgent': ({ which, agentId }) => {
        refuseAgent(agentId)
        const rows = chosen.all(idsOf(which))
        const changing = rows.filter((row) => row.agentId !== agentId)
        const from = new Map<string | null, number>()
        for (const row of changing) from.set(row.agentId, (from.get(row.agentId) ?? 0) + 1)
        return {
          chosen: rows.length,
          changing: changing.length,
          from: [...from]
            .toSorted(([, one], [, other]) => other - one)
            .map(([id, count]) => ({
              agentName: id === null ? null : deps.nameOfAccount(id),
              count,
            })),
          sample: changing.slice(0, sampleSize).map(({ code, name }) => ({ code, name })),
        }
      },
    },
    commands: {
      'subscribers.setAgent': ({ which, agentId, expected }, context) => {
        refuseAgent(agentId)
        return {
          apply: (tx) => {
            const rows = tx
              .all<ChosenRow>(chosenSql, idsOf(which))
              .filter((row) => row.agentId !== agentId)
            // What the preview showed is what is changed.
            if (rows.length !== expected) {
              throw new NocturneError('conflict', { what: 'subscribers', count: rows.length })
            }
            setAgent(tx, rows, agentId, context.session?.accountId ?? null)
            const before = new Map<string | null, string[]>()
            for (const row of rows) {
              const ids = before.get(row.agentId) ?? []
              before.set(row.agentId, ids)
              ids.push(row.id)
            }
            tx.change({
              entity: 'subscribers',
              entityId: 'agent',
              kind: 'updated',
              version: 1,
              data: { agentId, count: rows.length },
            })
            return {
              changed: rows.length,
              before: [...before].map(([id, ids]) => ({ agentId: id, ids })),
            }
          },
          after: deps.changed,
        }
      },

      'subscribers.configure': ({ baseVersion, ...settings }) => ({
        apply: (tx) => {
          const before = settingsIn(tx)
          if (before.version !== baseVersion) {
            throw new NocturneError('conflict', {
              what: 'subscriber-settings',
              version: before.version,
            })
          }
          const version = baseVersion + 1
          tx.run(
            `UPDATE subscriber_settings SET version = ?, code_pattern = ?, next_number = ?,
              country = ?, language = ? WHERE id = 1`,
            version,
            settings.codePattern,
            settings.nextNumber,
            settings.country,
            settings.language,
          )
          tx.change({
            entity: 'subscriber-settings',
            entityId: 'workspace',
            kind: 'updated',
            version,
            data: settings,
          })
          return { version }
        },
        after: deps.changed,
      }),
    },
  }
}
