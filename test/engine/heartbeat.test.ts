import { describe, expect, it } from 'vitest'
import { watchSilence } from '../../src-main/engine/heartbeat.ts'
import { createOutbox, type EventBatch } from '../../src-main/engine/outbox.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { noLimits } from '../support/no-limits.ts'

const setUp = (answers: boolean) => {
  const clock = createManualClock()
  const sent: EventBatch[] = []
  const locked: number[] = []
  const watched = new Set([1])
  const outbox = createOutbox({
    ...noLimits,
    clock,
    mayReceive: () => true,
    send: (clientId, batch) => {
      sent.push(batch)
      if (!answers) return
      // As the page does: also from a hidden window.
      outbox.ack(clientId, batch.seq)
      heartbeat.heard(clientId)
    },
    onBug: () => undefined,
  })
  outbox.addClient(1)
  const heartbeat = watchSilence({
    clock,
    watched: () => [...watched],
    ping: outbox.ping,
    silent: (clientId) => {
      locked.push(clientId)
      watched.delete(clientId)
    },
  })
  return { clock, sent, locked, watched, heartbeat, outbox }
}

describe('a window where somebody is signed in', () => {
  it('is locked after two minutes without a sign of life', () => {
    const { clock, locked, sent } = setUp(false)
    clock.advance(120_000)
    expect(locked).toEqual([])
    clock.advance(30_000)
    expect(locked).toEqual([1])
    // It was asked once: what was not taken is not sent again and again.
    expect(sent).toEqual([{ seq: 1, events: [] }])
  })

  it('stays open while it takes what it is sent, though nobody touches it', () => {
    const { clock, locked, sent } = setUp(true)
    clock.advance(3_600_000)
    expect(locked).toEqual([])
    expect(sent.length).toBeGreaterThan(50)
  })

  it('stays open while it calls', () => {
    const { clock, locked, heartbeat } = setUp(false)
    for (let n = 0; n < 60; n++) {
      clock.advance(60_000)
      heartbeat.heard(1)
    }
    expect(locked).toEqual([])
  })

  it('has its two minutes anew after a lock', () => {
    const { clock, locked, watched } = setUp(false)
    clock.advance(150_000)
    clock.advance(600_000)
    watched.add(1)
    clock.advance(120_000)
    expect(locked).toEqual([1])
    clock.advance(60_000)
    expect(locked).toEqual([1, 1])
  })

  it('is watched no more once it is stopped', () => {
    const { clock, heartbeat } = setUp(false)
    heartbeat.stop()
    expect(clock.pending).toBe(0)
  })
})
