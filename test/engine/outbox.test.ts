import { describe, expect, it } from 'vitest'
import type { Preferences } from '../../src-shared/contract/preferences.ts'
import { preferences } from '../../src-shared/contract/preferences.ts'
import { createOutbox, type EventBatch } from '../../src-main/engine/outbox.ts'
import type { Reach } from '../../src-main/engine/reach.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { noLimits } from '../support/no-limits.ts'

const setUp = (
  mayReceive: (clientId: number) => boolean = () => true,
  limits: Pick<Parameters<typeof createOutbox>[0], 'reachOf' | 'belongingOf'> = noLimits,
) => {
  const clock = createManualClock()
  const sent: { clientId: number; batch: EventBatch }[] = []
  const bugs: string[] = []
  const outbox = createOutbox({
    ...limits,
    clock,
    mayReceive,
    send: (clientId, batch) => sent.push({ clientId, batch }),
    onBug: (name) => bugs.push(name),
  })
  outbox.addClient(1)
  return { clock, sent, bugs, outbox }
}

const theme = (name: 'light' | 'dark'): Preferences => ({ ...preferences.parse({}), theme: name })
const themes = (batches: { batch: EventBatch }[]) =>
  batches.flatMap(({ batch }) => batch.events.map((e) => (e.payload as Preferences).theme))
const problem = (at: number) => ({
  oltId: '018f0000-0000-7000-8000-000000000001',
  oltName: 'A',
  problem: null,
  at,
})

describe('the outbox', () => {
  it('sends nothing to a client that may not receive the event at the moment of sending', () => {
    let allowed = true
    const { clock, sent, outbox } = setUp(() => allowed)
    outbox.emit('preferences.changed', theme('dark'))
    allowed = false
    clock.advance(1000)
    expect(sent).toEqual([])
  })

  it('sends nothing of an OLT that the receiver does not reach, and makes what is made for his reach', () => {
    const reach: Reach = { kind: 'regions', accountId: 'me', olts: new Set([problem(0).oltId]) }
    const { clock, sent, outbox } = setUp(() => true, {
      reachOf: () => reach,
      belongingOf: (_kind, id) => ({ oltIds: [id] }),
    })
    const seen: Reach[] = []
    outbox.emit('network.oltProblem', {
      ...problem(1),
      oltId: problem(0).oltId.replace('01', '99'),
    })
    outbox.emit('network.oltProblem', problem(2))
    outbox.emit('network.changed', (asked) => {
      seen.push(asked)
      return null
    })
    // For those who reach everything.
    outbox.emit('access.changed', {})
    clock.advance(1000)
    const channels = sent.flatMap(({ batch }) => batch.events.map((e) => e.channel))
    expect(channels).toEqual(['network.oltProblem'])
    expect(JSON.stringify(sent)).toContain('"at":2')
    expect(seen).toEqual([reach])
  })

  it('strips what the contract does not name from a payload', () => {
    const { clock, sent, outbox } = setUp()
    outbox.emit('preferences.changed', { ...theme('dark'), community: 's3cret' } as Preferences)
    clock.advance(0)
    expect(JSON.stringify(sent)).not.toContain('s3cret')
  })

  it('sends at most four batches a second and only the latest of what is superseded', () => {
    const { clock, sent, outbox } = setUp()
    for (let ms = 0; ms < 1000; ms += 10) {
      outbox.emit('preferences.changed', theme(ms === 990 ? 'dark' : 'light'))
      clock.advance(10)
      for (const { clientId, batch } of sent) outbox.ack(clientId, batch.seq)
    }
    clock.advance(250)
    expect(sent.length).toBeLessThanOrEqual(5)
    expect(themes(sent).at(-1)).toBe('dark')
  })

  it('keeps apart what has different keys, and every fact in order', () => {
    const { clock, sent, outbox } = setUp()
    const task = '018f0000-0000-7000-8000-00000000000a'
    outbox.emit('workspace.progress', { taskId: task, step: 'a', done: 1, total: 2 }, { key: 'a' })
    outbox.emit('workspace.progress', { taskId: task, step: 'b', done: 1, total: 2 }, { key: 'b' })
    outbox.emit('network.oltProblem', problem(1))
    outbox.emit('network.oltProblem', problem(2))
    clock.advance(0)
    const events = sent.flatMap(({ batch }) => batch.events)
    expect(events.map((e) => e.channel)).toEqual([
      'network.oltProblem',
      'network.oltProblem',
      'workspace.progress',
      'workspace.progress',
    ])
    expect(events.slice(0, 2).map((e) => (e.payload as { at: number }).at)).toEqual([1, 2])
  })

  it('holds back while a client does not take its batches, and then sends only the latest', () => {
    const { clock, sent, outbox } = setUp()
    for (let i = 0; i < 20; i++) {
      outbox.emit('preferences.changed', theme(i === 19 ? 'dark' : 'light'))
      clock.advance(300)
    }
    expect(sent.length).toBe(2)
    outbox.ack(1, 2)
    clock.advance(300)
    expect(sent.length).toBe(3)
    expect(themes(sent).at(-1)).toBe('dark')
  })

  it('makes a payload at the moment of sending, and drops one that is no longer needed', () => {
    const { clock, sent, outbox } = setUp()
    let made = 0
    outbox.emit('preferences.changed', () => {
      made++
      return null
    })
    expect(made).toBe(0)
    clock.advance(0)
    expect(made).toBe(1)
    expect(sent).toEqual([])
  })

  it('goes on after a reload of the page, which never acknowledges what it did not get', () => {
    const { clock, sent, outbox } = setUp()
    for (let i = 0; i < 5; i++) {
      outbox.emit('preferences.changed', theme('light'))
      clock.advance(300)
    }
    expect(sent.length).toBe(2)
    outbox.ack(1, -1)
    clock.advance(300)
    expect(sent.length).toBe(3)
  })

  it('reports a payload that does not fit the contract and still sends the others', () => {
    const { clock, sent, bugs, outbox } = setUp()
    outbox.emit('network.oltProblem', { at: 'now' } as never)
    outbox.emit('network.oltProblem', problem(3))
    clock.advance(0)
    expect(bugs).toEqual(['network.oltProblem'])
    expect(sent[0]?.batch.events.length).toBe(1)
  })

  it('leaves no timer behind', () => {
    const { clock, outbox } = setUp()
    outbox.emit('preferences.changed', theme('dark'))
    outbox.stop()
    expect(clock.pending).toBe(0)
  })
})
