import { expect, test } from 'vitest'
import { commands, queries } from '../../src-shared/contract/index.ts'
import { idOf } from '../support/store-workspace.ts'

/** What mutated calls found (ipc-fuzz.test.ts), each by itself. */

test('a time is whole milliseconds where the store keeps it', () => {
  const note = (from: number) =>
    commands['handover.write'].input.safeParse({ from, to: 2, text: 'all is well' }).success
  expect(note(1)).toBe(true)
  expect(note(1.5)).toBe(false)
  const shelf = (until: number) =>
    commands['alarms.shelve'].input
      .safeParse({
        which: { ids: [idOf(1)] },
        reason: 'known',
        until,
      })
      .error?.issues.some(({ path }) => path[0] === 'until') ?? false
  expect(shelf(1)).toBe(false)
  expect(shelf(1.5)).toBe(true)
})

test('a PON port that no OLT can have is refused before anything is made of it', () => {
  const ask = (shelf: number) =>
    queries['provisioning.whatIf'].input.safeParse({
      oltId: idOf(1),
      addresses: [{ shelf: 0, slot: 1, port: 1, onuId: 1 }],
      to: { oltId: idOf(1), pon: { shelf, slot: 1, port: 1 } },
    }).success
  expect(ask(0)).toBe(true)
  expect(ask(32)).toBe(false)
  expect(ask(-1)).toBe(false)
})
