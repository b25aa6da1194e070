import { describe, expect, test } from 'vitest'
import { insertAccount } from '../../src-main/access/tables.ts'
import { createActivity } from '../../src-main/audit/activity.ts'
import { recordRefusal, runCommand } from '../../src-main/store/write-path.ts'
import type { ChangeRow } from '../../src-main/store/write-path.ts'
import type { Store } from '../../src-main/store/open-store.ts'
import { rejectionOf } from '../support/error-code.ts'
import { idOf, newTestStore, systemActor, testCall } from '../support/store-workspace.ts'

const sari = { accountId: idOf(900), sessionId: idOf(901), clientKind: 'window' } as const

const storeWithSari = (): Store => {
  const store = newTestStore()
  runCommand(store, testCall(1, { name: 'workspace.create' }), (tx) => {
    const { accountId: id } = sari
    const row = {
      id,
      name: 'Sari Wijaya',
      login: 'sari',
      passwordHash: '$argon2id$x',
      role: 'owner',
    }
    insertAccount(tx, row as Parameters<typeof insertAccount>[1], 1)
    return { result: {} }
  })
  return store
}

const did = (
  store: Store,
  number: number,
  name: string,
  changes: readonly ChangeRow[] = [],
  actor: typeof sari | typeof systemActor = sari,
) => runCommand(store, testCall(number, { name, actor }), () => ({ result: {}, changes }))

const olt = (kind: ChangeRow['kind'], data?: unknown, entityId = 'olt-1'): ChangeRow => ({
  entity: 'olt',
  entityId,
  kind,
  version: 1,
  data,
})

const all = { limit: 50, before: null, people: true } as const

describe('the activity feed', () => {
  test('leaves out what the console did by itself, unless it is asked for', async () => {
    const store = storeWithSari()
    did(store, 2, 'alarms.book', [], systemActor)
    did(store, 3, 'alarms.acknowledge')
    const activity = createActivity(store.reader)
    expect((await activity(all)).map((act) => act.command)).toEqual(['alarms.acknowledge'])
    expect(await activity({ ...all, people: false })).toMatchObject([
      { command: 'alarms.acknowledge', by: 'Sari Wijaya' },
      { command: 'alarms.book', by: null },
      { command: 'workspace.create', by: null },
    ])
  })

  test('leaves out everyday acts, but not when they were refused', async () => {
    const store = storeWithSari()
    did(store, 2, 'preferences.set')
    did(store, 3, 'access.unlock')
    recordRefusal(store, {
      ...testCall(4, { name: 'access.unlock', actor: sari }),
      outcome: 'refused',
      code: 'wrong-credentials',
    })
    expect(await createActivity(store.reader)(all)).toMatchObject([
      { command: 'access.unlock', outcome: 'refused', subject: null },
    ])
  })

  test('calls a record what it is called now, and one that is gone by no name', async () => {
    const store = storeWithSari()
    did(store, 2, 'network.addOlt', [olt('created', { name: 'North' })])
    did(store, 3, 'network.updateOlt', [olt('updated', { name: 'North 1' })])
    did(store, 4, 'network.setQuiet', [olt('updated', { quiet: true })])
    did(store, 5, 'network.addOlt', [olt('created', { name: 'South' }, 'olt-2')])
    did(store, 6, 'network.removeOlt', [olt('deleted', { name: 'South' }, 'olt-2')])
    did(store, 7, 'alarms.planMaintenance', [
      {
        entity: 'maintenance',
        entityId: 'm',
        kind: 'created',
        version: 1,
        data: { title: 'Work' },
      },
    ])
    const subjects = (await createActivity(store.reader)(all)).map((act) => act.subject)
    expect(subjects).toEqual(['Work', null, null, 'North 1', 'North 1', 'North 1'])
  })

  test('names none of several records of one command', async () => {
    const store = storeWithSari()
    did(store, 2, 'plant.applyImport', [
      olt('created', { name: 'A' }, 'a'),
      olt('created', { name: 'B' }, 'b'),
    ])
    expect(await createActivity(store.reader)(all)).toMatchObject([{ subject: null }])
  })

  test('goes on before a row, the latest first, and ends at the first', async () => {
    const store = storeWithSari()
    for (let number = 2; number <= 11; number += 1) {
      did(store, number, 'network.updateOlt', [
        olt('updated', { name: `N${number}` }, `o${number}`),
      ])
    }
    const activity = createActivity(store.reader)
    const first = await activity({ ...all, limit: 4 })
    const second = await activity({ ...all, limit: 40, before: first.at(-1)!.row })
    const names = [...first, ...second].map((act) => act.subject)
    expect(names).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2].map((number) => `N${number}`))
    expect(await activity({ ...all, before: 1 })).toEqual([])
  })

  test('stops when nobody waits for it any more', async () => {
    const store = storeWithSari()
    const stop = new AbortController()
    stop.abort()
    expect((await rejectionOf(createActivity(store.reader)(all, stop.signal))).code).toBe(
      'cancelled',
    )
  })
})
