import { describe, expect, it } from 'vitest'
import { askedOf, noAnswers } from '../support/people-asked.ts'
import { rejectionOf } from '../support/error-code.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { createCliBench, oltId, setAccess, taskId, type CliBench } from './support/cli-bench.ts'

const codeOf = async (work: Promise<unknown>): Promise<string> => (await rejectionOf(work)).code
const open = (bench: CliBench, write = true) =>
  bench.run('olt-cli.openTerminal', { oltId, taskId, write })

const expectNothingSent = (bench: CliBench): void => {
  expect(bench.fakeOf(oltId).logins).toEqual([])
  expect(bench.fakeOf(oltId).got).toEqual([])
  expect(bench.access().sessions).toMatchObject({ writer: 'none', readers: 0 })
  expect(bench.auditNames()).not.toContain('olt-cli.openTerminal')
}

describe('a terminal that may write', () => {
  it.each(noAnswers)('is not opened by somebody who %s', async (_what, typed) => {
    const clock = createManualClock()
    const bench = createCliBench({ clock, confirm: askedOf(clock, () => Promise.resolve(typed)) })
    await setAccess(bench)
    expect(await codeOf(open(bench))).toBe('confirmation-refused')
    expectNothingSent(bench)
  })

  it('is not opened where there is nobody to ask, or the screen was locked meanwhile', async () => {
    const clock = createManualClock()
    const nobody = createCliBench({ clock, confirm: askedOf(clock, null) })
    await setAccess(nobody)
    expect(await codeOf(open(nobody))).toBe('confirmation-unavailable')
    expectNothingSent(nobody)
    const locked = createCliBench({
      clock,
      confirm: askedOf(
        clock,
        (_client, text) => Promise.resolve(text.expected),
        () => false,
      ),
    })
    await setAccess(locked)
    expect(await codeOf(open(locked))).toBe('confirmation-refused')
    expectNothingSent(locked)
  })

  it('is not opened on an OLT that is called otherwise by now', async () => {
    const clock = createManualClock()
    const bench: CliBench = createCliBench({
      clock,
      confirm: askedOf(clock, (_client, text) => {
        bench.olts.set(oltId, { ...bench.olts.get(oltId)!, name: 'KARANG-09' })
        return Promise.resolve(text.expected)
      }),
    })
    await setAccess(bench)
    expect(await codeOf(open(bench))).toBe('conflict')
    expectNothingSent(bench)
  })

  it('is opened by who types the name; one that reads asks nobody', async () => {
    const clock = createManualClock()
    const titles: string[] = []
    const bench = createCliBench({
      clock,
      confirm: askedOf(clock, (_client, text) => {
        titles.push(text.title)
        return Promise.resolve(text.expected)
      }),
    })
    await setAccess(bench)
    await open(bench, false)
    expect(titles).toEqual([])
    await open(bench)
    expect(titles).toHaveLength(1)
    expect(bench.access().sessions.writer).toBe('busy')
  })
})
