import { describe, expect, it } from 'vitest'
import {
  afterCustomerWord,
  isPriorityRule,
  mayMoveTicket,
  priorityOf,
  ticketStates,
} from '../../src-shared/domain/ticket-state.ts'

describe('the life of a ticket', () => {
  const allowed = new Set(
    `new>open new>pending-customer new>pending-vendor new>pending-reminder new>solved new>merged
    open>pending-customer open>pending-vendor open>pending-reminder open>solved open>merged
    pending-customer>open pending-customer>pending-vendor pending-customer>pending-reminder
    pending-customer>solved pending-customer>merged
    pending-vendor>open pending-vendor>pending-customer pending-vendor>pending-reminder
    pending-vendor>solved pending-vendor>merged
    pending-reminder>open pending-reminder>pending-customer pending-reminder>pending-vendor
    pending-reminder>solved pending-reminder>merged
    solved>open solved>closed solved>merged closed>merged`.split(/\s+/u),
  )

  it('refuses every other way: nothing leaves a merged one, a closed one is not opened', () => {
    for (const from of ticketStates) {
      for (const to of ticketStates) {
        expect(mayMoveTicket(from, to), `${from}>${to}`).toBe(allowed.has(`${from}>${to}`))
      }
    }
  })

  it('is opened again by the customer until it is closed', () => {
    expect(ticketStates.map((state) => afterCustomerWord(state))).toEqual([
      'new',
      'open',
      'open',
      'open',
      'open',
      'open',
      null,
      null,
    ])
  })
})

describe('the priority', () => {
  const rule = { P1: 100, P2: 20, P3: 2 }

  it('is that of the subscribers on it', () => {
    expect([0, 1, 2, 19, 20, 99, 100, 5000].map((affected) => priorityOf(affected, rule))).toEqual([
      'P4',
      'P4',
      'P3',
      'P3',
      'P2',
      'P2',
      'P1',
      'P1',
    ])
  })

  it('has no rule in which a higher one is for fewer', () => {
    expect(isPriorityRule(rule)).toBe(true)
    expect(isPriorityRule({ P1: 20, P2: 20, P3: 2 })).toBe(false)
    expect(isPriorityRule({ P1: 20, P2: 1, P3: 2 })).toBe(false)
    expect(isPriorityRule({ P1: 20, P2: 2, P3: 0 })).toBe(false)
  })
})
