import { describe, expect, it } from 'vitest'
import {
  createSessions,
  decideAccess,
  describeSession,
  hasSteppedUp,
  lockMinutes,
} from '../../src-main/engine/sessions.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { someSession } from '../support/some-session.ts'

const setUp = () => {
  const clock = createManualClock()
  const sessions = createSessions(clock)
  const changes: number[] = []
  sessions.onChange((clientId) => changes.push(clientId))
  sessions.start(1, someSession(clock.now()))
  return { clock, sessions, changes }
}

describe('a session', () => {
  it('has an absolute end, whatever is done meanwhile', () => {
    const { clock, sessions, changes } = setUp()
    clock.advance(8 * 3_600_000 - 1)
    expect(sessions.get(1)).not.toBeNull()
    clock.advance(1)
    expect(sessions.get(1)).toBeNull()
    expect(changes).toEqual([1, 1])
  })

  it('does not outlive a clock that is set back before it began; a small correction ends nothing', () => {
    const { clock, sessions } = setUp()
    clock.jump(-60_000)
    expect(sessions.get(1)).not.toBeNull()
    clock.jump(-365 * 86_400_000)
    expect(sessions.get(1)).toBeNull()
  })

  it('is over when its account is, at the next call', () => {
    const { sessions } = setUp()
    let isDisabled = false
    sessions.endWhen(() => isDisabled)
    expect(sessions.get(1)).not.toBeNull()
    isDisabled = true
    expect(sessions.get(1)).toBeNull()
    isDisabled = false
    expect(sessions.get(1)).toBeNull()
  })

  it('takes a changed role at its next call', () => {
    const { sessions } = setUp()
    sessions.change(1, { role: 'support', permissions: new Set(['network.olt.read']) })
    expect(decideAccess(sessions.get(1), 'network.olt.manage', false)).toBe('permission-denied')
    expect(decideAccess(sessions.get(1), 'network.olt.read', false)).toBe('allowed')
  })

  it('of an account ends everywhere but where it is spared', () => {
    const { clock, sessions } = setUp()
    sessions.start(2, someSession(clock.now()))
    sessions.start(3, { ...someSession(clock.now()), accountId: 'b' })
    expect(sessions.endOf('a', 2)).toBe(1)
    expect([1, 2, 3].map((clientId) => sessions.get(clientId) !== null)).toEqual([
      false,
      true,
      true,
    ])
  })
})

it('the screen locks after the role’s minutes, or the person’s own if less', () => {
  expect([lockMinutes(5, 0), lockMinutes(5, 2), lockMinutes(5, 60)]).toEqual([5, 2, 5])
  const { sessions } = setUp()
  expect(describeSession(sessions.get(1), 2)?.lockAfterMinutes).toBe(2)
})

it('a step-up ends after five minutes and is not stretched by a clock that is set back', () => {
  const { clock, sessions } = setUp()
  expect(hasSteppedUp(sessions.get(1), clock.now())).toBe(false)
  sessions.change(1, { steppedUpUntil: clock.now() + 300_000 })
  expect(hasSteppedUp(sessions.get(1), clock.now())).toBe(true)
  expect(hasSteppedUp(sessions.get(1), clock.now() + 300_000)).toBe(false)
  expect(hasSteppedUp(sessions.get(1), clock.now() - 3_600_000)).toBe(false)
  expect(hasSteppedUp(null, clock.now())).toBe(false)
})
