import { statSync } from 'node:fs'
import { expect, test } from 'vitest'
import { runCommand } from '../../src-main/store/write-path.ts'
import type { Store } from '../../src-main/store/open-store.ts'
import { idOf, newTestStore, testCall, writeSetting } from '../support/store-workspace.ts'

/** What is left of a person's key once it is erased. */

const person = idOf(77)

const erase = (store: Store, number: number): void => {
  runCommand(store, testCall(number), (tx) => {
    tx.eraseSubject(person)
    return { result: {} }
  })
}

const about = (store: Store, number: number): void => {
  runCommand(store, testCall(number), (tx) => {
    tx.about({ subjectId: person })
    return { result: {} }
  })
}

const keyRow = (store: Store) =>
  store.reader
    .prepare<[string], { sealed: Uint8Array | null; erasedBy: string | null }>(
      'SELECT sealed, erased_by AS erasedBy FROM subject_key WHERE subject_id = ?',
    )
    .get(person)

test('the journal that still held it is cut before the command has returned', () => {
  const store = newTestStore()
  about(store, 1)
  writeSetting(store, 2)
  const journal = `${store.path}-wal`
  expect(statSync(journal).size).toBeGreaterThan(0)
  erase(store, 3)
  expect(statSync(journal).size).toBe(0)
})

test('the first erasure bears witness, and a later act about the person makes no new key', () => {
  const store = newTestStore()
  about(store, 1)
  expect(keyRow(store)?.sealed).not.toBeNull()
  erase(store, 2)
  erase(store, 3)
  about(store, 4)
  expect(keyRow(store)).toEqual({ sealed: null, erasedBy: idOf(2) })
})
