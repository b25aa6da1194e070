import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  decideProblem,
  handMs,
  isLooser,
  needsSecond,
  neverNeeded,
  passProblem,
  stateNow,
  type ApprovalLimit,
  type Asked,
  type Facts,
  type Person,
} from '../../src-main/approvals/rules.ts'

const hourMs = 3_600_000
const start = 1_800_000_000_000

describe('when a second person is needed', () => {
  const limit = fc.record({
    grave: fc.boolean(),
    above: fc.option(fc.integer({ min: 0, max: 50 }), { nil: null }),
  })
  const thing = fc.record({ grave: fc.boolean(), measure: fc.integer({ min: 0, max: 60 }) })

  it('never, where nothing is set', () => {
    fc.assert(
      fc.property(thing, (one) => !needsSecond(neverNeeded, one)),
      { seed: 5463 },
    )
  })

  it('of what is destructive, where that is set, however small', () => {
    expect(needsSecond({ grave: true, above: null }, { grave: true, measure: 1 })).toBe(true)
    expect(needsSecond({ grave: true, above: null }, { grave: false, measure: 1e6 })).toBe(false)
  })

  it('of more than the limit, not of as many', () => {
    expect(needsSecond({ grave: false, above: 10 }, { grave: false, measure: 10 })).toBe(false)
    expect(needsSecond({ grave: false, above: 10 }, { grave: false, measure: 11 })).toBe(true)
    expect(needsSecond({ grave: false, above: 0 }, { grave: false, measure: 1 })).toBe(true)
  })

  it('a rule is looser exactly where something that needed one would need none', () => {
    const things = [false, true].flatMap((grave) =>
      Array.from({ length: 53 }, (_, measure) => ({ grave, measure })),
    )
    const frees = (before: ApprovalLimit, after: ApprovalLimit): boolean =>
      things.some((one) => needsSecond(before, one) && !needsSecond(after, one))
    fc.assert(
      fc.property(limit, limit, (before, after) => {
        // Said too often is safe: one rule of the two may already be in the other.
        if (frees(before, after)) expect(isLooser(before, after)).toBe(true)
        if (!isLooser(before, after)) expect(frees(before, after)).toBe(false)
      }),
      { seed: 35885 },
    )
    expect(isLooser(neverNeeded, { grave: true, above: 5 })).toBe(false)
    expect(isLooser({ grave: true, above: 5 }, { grave: true, above: 4 })).toBe(false)
  })
})

const asked = (more: Partial<Asked> = {}): Asked => ({
  state: 'waiting',
  askedAt: start,
  expiresAt: start + 24 * hourMs,
  contentHash: 'content',
  revision: 1,
  wills: [{ accountId: 'asker', employeeId: 'e1' }],
  decider: null,
  ...more,
})

const facts = (more: Partial<Facts> = {}): Facts => ({
  now: start + hourMs,
  revision: 1,
  ask: 'may-ask',
  approve: 'may-approve',
  personNow: (accountId) => ({
    active: true,
    employeeId: accountId === 'asker' ? 'e1' : null,
    permissions: new Set(['may-ask', 'may-approve']),
  }),
  handsOn: () => [],
  ...more,
})

describe('what becomes of it by itself', () => {
  it('runs out of time at its end, and a clock set back brings nothing', () => {
    const one = asked()
    expect(stateNow(one, one.expiresAt - 1, 1)).toBe('waiting')
    expect(stateNow(one, one.expiresAt, 1)).toBe('expired')
    expect(stateNow(one, start - hourMs, 1)).toBe('expired')
    expect(stateNow(asked({ state: 'approved' }), one.expiresAt, 1)).toBe('expired')
  })

  it('falls with the thing, or when the thing has changed; what is over stays as it ended', () => {
    expect(stateNow(asked(), start, 2)).toBe('fallen')
    expect(stateNow(asked(), start, null)).toBe('fallen')
    expect(stateNow(asked({ state: 'used' }), start, null)).toBe('used')
  })
})

describe('nobody decides on his own', () => {
  const code = (decider: Person, one = asked(), given = facts()) =>
    decideProblem(one, decider, given)?.code ?? null
  const other: Person = { accountId: 'other', employeeId: 'e2' }

  it('another one may', () => expect(code(other)).toBeNull())

  it('not who asked, who made it, or the same employee: then or now', () => {
    expect(code({ accountId: 'asker', employeeId: null })).toBe('approval-own')
    const made = asked({
      wills: [
        { accountId: 'asker', employeeId: null },
        { accountId: 'maker', employeeId: 'e9' },
      ],
    })
    expect(code({ accountId: 'maker', employeeId: null }, made)).toBe('approval-own')
    expect(code({ accountId: 'x', employeeId: 'e9' }, made)).toBe('approval-own')
    // The link was moved from one account to the other after it was asked for, or before.
    expect(code({ accountId: 'x', employeeId: 'e1' })).toBe('approval-own')
    const linkedNow = facts({
      personNow: () => ({
        active: true,
        employeeId: 'e7',
        permissions: new Set(['may-ask', 'may-approve']),
      }),
    })
    expect(code({ accountId: 'x', employeeId: null }, asked(), linkedNow)).toBe('approval-own')
  })

  it('not by an account that he, or the same third, has got into his hands', () => {
    const hands = (map: Readonly<Record<string, readonly string[]>>) =>
      facts({ handsOn: (accountId) => map[accountId] ?? [] })
    expect(code(other, asked(), hands({ other: ['asker'] }))).toBe('approval-own-hand')
    expect(code(other, asked(), hands({ asker: ['other'] }))).toBe('approval-own-hand')
    expect(code(other, asked(), hands({ asker: ['admin'], other: ['admin'] }))).toBe(
      'approval-own-hand',
    )
    expect(code(other, asked(), hands({ other: ['a'], a: ['b'], b: ['asker', 'a'] }))).toBe(
      'approval-own-hand',
    )
    expect(code(other, asked(), hands({ other: ['admin'], third: ['asker'] }))).toBeNull()
  })

  it('not without the permission, not disabled, not for an asker who is gone', () => {
    const without = (accountId: string, more: object) =>
      facts({
        personNow: (id) => ({
          ...facts().personNow(id),
          ...(id === accountId ? more : {}),
        }),
      })
    const none = { permissions: new Set<string>() }
    expect(code(other, asked(), without('other', none))).toBe('permission-denied')
    expect(code(other, asked(), without('other', { active: false }))).toBe('permission-denied')
    expect(code(other, asked(), without('asker', { active: false }))).toBe('approval-ended')
    expect(code(other, asked(), without('asker', none))).toBe('approval-ended')
  })
})

/**
 * People with accounts, and whatever they may do to one another's: nothing of it lets an act pass that
 * one human alone wanted. Of the world: who takes over an account is found out within `handMs`.
 */
describe('one person’s will is not enough', () => {
  const roles = {
    none: [],
    asker: ['may-ask'],
    approver: ['may-approve'],
    both: ['may-ask', 'may-approve'],
    admin: ['may-ask', 'may-approve', 'manage'],
  } as const satisfies Record<string, readonly string[]>
  type Role = keyof typeof roles

  type Request = Asked & { askedByHuman: number; decidedByHuman: number | null }

  interface Account {
    readonly id: string
    role: Role
    active: boolean
    employeeId: string | null
    /** Who knows its password now, and since when. */
    readonly users: Map<number, number>
  }

  const account = fc.nat({ max: 5 })
  const human = fc.nat({ max: 2 })
  const roleName = fc.constantFrom(...(Object.keys(roles) as Role[]))
  const operation = fc.oneof(
    fc.record({ op: fc.constant('edit' as const), human, by: account }),
    { weight: 8, arbitrary: fc.record({ op: fc.constant('ask' as const), human, by: account }) },
    {
      weight: 10,
      arbitrary: fc.record({ op: fc.constant('approve' as const), human, by: account }),
    },
    { weight: 8, arbitrary: fc.record({ op: fc.constant('use' as const), human, by: account }) },
    fc.record({ op: fc.constant('role' as const), human, by: account, on: account, roleName }),
    fc.record({ op: fc.constant('disable' as const), human, by: account, on: account }),
    fc.record({ op: fc.constant('enable' as const), human, by: account, on: account }),
    {
      weight: 2,
      arbitrary: fc.record({ op: fc.constant('reset' as const), human, by: account, on: account }),
    },
    fc.record({ op: fc.constant('create' as const), human, by: account, roleName }),
    fc.record({
      op: fc.constant('link' as const),
      human,
      by: account,
      on: account,
      employee: fc.option(human, { nil: null }),
    }),
    fc.record({
      op: fc.constant('wait' as const),
      human,
      by: account,
      ms: fc.constantFrom(60_000, 5 * hourMs, 20 * hourMs, handMs + 1),
    }),
  )

  type Operation = typeof operation extends fc.Arbitrary<infer Value> ? Value : never

  const play = (operations: readonly Operation[]) => {
    let now = start
    let content = 1
    let maker: Person | null = null
    let request = null as Request | null
    const hands: { by: string; on: string; at: number }[] = []
    const accounts: Account[] = [0, 1, 2].map((one) => ({
      id: `a${one}`,
      role: one === 0 ? 'admin' : 'both',
      active: true,
      employeeId: `e${one}`,
      users: new Map([[one, start]]),
    }))
    const find = (id: string) => accounts.find((one) => one.id === id)
    const factsNow = (): Facts => ({
      now,
      revision: content,
      ask: 'may-ask',
      approve: 'may-approve',
      personNow: (id) => ({
        active: find(id)?.active ?? false,
        employeeId: find(id)?.employeeId ?? null,
        permissions: new Set(roles[find(id)?.role ?? 'none']),
      }),
      handsOn: (id, since) =>
        hands.filter(({ on, at }) => on === id && at >= since).map(({ by }) => by),
    })
    const passed: { asked: number; decided: number | null; used: boolean }[] = []

    for (const one of operations) {
      if (one.op === 'wait') {
        now += one.ms
        // Whoever took an account over has been found out by then.
        for (const { users } of accounts) {
          for (const [who, since] of users) {
            if (since > start && now - since > handMs) users.delete(who)
          }
        }
        continue
      }
      const usable = accounts.filter(({ active, users }) => active && users.has(one.human))
      const by = usable[one.by % usable.length]
      if (by === undefined) continue
      const may = (name: string): boolean => (roles[by.role] as readonly string[]).includes(name)
      const person: Person = { accountId: by.id, employeeId: by.employeeId }
      const on = 'on' in one ? accounts[one.on] : undefined
      switch (one.op) {
        case 'edit':
          content += 1
          maker = person
          break
        case 'ask':
          if (!may('may-ask')) break
          if (request !== null && ['waiting', 'approved'].includes(stateNow(request, now, content)))
            break
          request = {
            ...asked({
              askedAt: now,
              expiresAt: now + 24 * hourMs,
              contentHash: `content ${content}`,
              revision: content,
              wills: maker === null ? [person] : [person, maker],
            }),
            askedByHuman: one.human,
            decidedByHuman: null,
          }
          break
        case 'approve':
          if (request === null) break
          if (decideProblem(request, person, factsNow()) !== null) break
          request = {
            ...request,
            state: 'approved',
            decider: person,
            expiresAt: now + 8 * hourMs,
            decidedByHuman: one.human,
          }
          break
        case 'use': {
          if (passProblem(request, `content ${content}`, factsNow()) !== null) break
          passed.push({
            asked: request!.askedByHuman,
            decided: request!.decidedByHuman,
            used: request!.state === 'used',
          })
          expect(find(request!.decider!.accountId)?.active).toBe(true)
          expect(request!.contentHash).toBe(`content ${content}`)
          request = { ...request!, state: 'used' }
          expect(passProblem(request, `content ${content}`, factsNow())).not.toBeNull()
          break
        }
        case 'role':
          // Nobody changes his own role.
          if (may('manage') && on !== undefined && on !== by) on.role = one.roleName
          break
        case 'disable':
          if (may('manage') && on !== undefined && on !== by) on.active = false
          break
        case 'enable':
          if (may('manage') && on !== undefined) on.active = true
          break
        case 'reset':
          if (!may('manage') || on === undefined || on === by) break
          on.users.set(one.human, now)
          hands.push({ by: by.id, on: on.id, at: now })
          break
        case 'create': {
          if (!may('manage') || accounts.length >= 6) break
          const id = `a${accounts.length}`
          const users = new Map([[one.human, now]])
          accounts.push({ id, role: one.roleName, active: true, employeeId: null, users })
          hands.push({ by: by.id, on: id, at: now })
          break
        }
        case 'link': {
          if (!may('manage') || on === undefined) break
          const employeeId = one.employee === null ? null : `e${one.employee}`
          if (employeeId !== null && accounts.some((each) => each.employeeId === employeeId)) break
          on.employeeId = employeeId
          break
        }
      }
    }
    return passed
  }

  it('whatever is asked, approved, edited, reset, linked, disabled or given meanwhile', () => {
    let passes = 0
    fc.assert(
      fc.property(fc.array(operation, { minLength: 4, maxLength: 60 }), (operations) => {
        for (const { asked: one, decided, used } of play(operations)) {
          passes += 1
          expect(decided).not.toBeNull()
          expect(decided).not.toBe(one)
          expect(used).toBe(false)
        }
      }),
      { numRuns: 3000, seed: 20_261_123 },
    )
    // Else it would prove nothing.
    expect(passes).toBeGreaterThan(200)
  })
})
