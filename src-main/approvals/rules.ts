import type { Problem } from '../../src-shared/contract/common.ts'
import type { approvalStates } from '../../src-shared/contract/approvals.ts'
import type { PersonNow } from '../engine/approval-ports.ts'

/**
 * Who may decide, and whether an act may pass. What no setting takes away stands here: two persons
 * who both may, now, and the one of them did not make the thing (facts/business.md 6).
 */

export type ApprovalState = (typeof approvalStates)[number]

export interface ApprovalLimit {
  readonly grave: boolean
  readonly above: number | null
}

export const neverNeeded: ApprovalLimit = { grave: false, above: null }

export const needsSecond = (
  rule: ApprovalLimit,
  thing: { readonly measure: number; readonly grave: boolean },
): boolean => (rule.grave && thing.grave) || (rule.above !== null && thing.measure > rule.above)

/** Something that needed a second person would need none. */
export const isLooser = (before: ApprovalLimit, after: ApprovalLimit): boolean =>
  (before.grave && !after.grave) || (after.above ?? Infinity) > (before.above ?? Infinity)

/** Somebody, by every account and employee he is known as. */
export interface Person {
  readonly accountId: string
  readonly employeeId: string | null
}

const isSamePerson = (one: Person, other: Person): boolean =>
  one.accountId === other.accountId ||
  (one.employeeId !== null && one.employeeId === other.employeeId)

/** What was asked for, as far as it decides something. */
export interface Asked {
  readonly state: ApprovalState
  readonly askedAt: number
  readonly expiresAt: number
  readonly contentHash: string
  readonly revision: number
  /** Who asked, then who made or changed the thing: as they were when it was asked for. */
  readonly wills: readonly [Person, ...(readonly Person[])]
  /** As he was when he decided. */
  readonly decider: Person | null
}

/** Small corrections of the clock let nothing expire. */
const clockSlackMs = 5 * 60_000

/** `revision`: of the thing now; null: it is not there. A clock set back makes nothing longer. */
export const stateNow = (asked: Asked, now: number, revision: number | null): ApprovalState => {
  if (asked.state !== 'waiting' && asked.state !== 'approved') return asked.state
  if (now >= asked.expiresAt || now < asked.askedAt - clockSlackMs) return 'expired'
  return revision === asked.revision ? asked.state : 'fallen'
}

/**
 * So long after somebody made an account or gave it a one-time code he counts as one who may use it: by
 * then its owner would have noticed.
 */
export const handMs = 3 * 24 * 3_600_000

export interface Facts {
  readonly now: number
  readonly revision: number | null
  readonly ask: string
  readonly approve: string
  readonly personNow: (accountId: string) => PersonNow
  readonly handsOn: (accountId: string, since: number) => readonly string[]
}

const ended = (state: string): Problem => ({ code: 'approval-ended', params: { state } })

/** Each as he was then and as he is now: what was unlinked meanwhile does not make two of one. */
const faces = (persons: readonly Person[], facts: Facts): readonly Person[] =>
  persons.flatMap((person) => [
    person,
    { ...person, employeeId: facts.personNow(person.accountId).employeeId },
  ])

const isOwn = (asked: Asked, decider: readonly Person[], facts: Facts): boolean => {
  const wills = faces(asked.wills, facts)
  return faces(decider, facts).some((one) => wills.some((will) => isSamePerson(one, will)))
}

/** These accounts and all that had the use of one of them lately, and so on. */
const handsAround = (
  accountIds: readonly string[],
  since: number,
  facts: Pick<Facts, 'handsOn'>,
): ReadonlySet<string> => {
  const around = new Set(accountIds)
  // A set gives what is added while one goes through it, too.
  for (const accountId of around) {
    for (const by of facts.handsOn(accountId, since)) around.add(by)
  }
  return around
}

const shareHand = (
  ones: readonly string[],
  others: readonly string[],
  since: number,
  facts: Pick<Facts, 'handsOn'>,
): boolean => {
  const around = handsAround(ones, since, facts)
  return [...handsAround(others, since, facts)].some((one) => around.has(one))
}

const mayNow = (facts: Facts, accountId: string, permission: string): boolean => {
  const { active, permissions } = facts.personNow(accountId)
  return active && permissions.has(permission)
}

/** Why this account may not decide it now; null: it may. */
export const decideProblem = (asked: Asked, decider: Person, facts: Facts): Problem | null => {
  const state = stateNow(asked, facts.now, facts.revision)
  if (state !== 'waiting') return ended(state)
  if (!mayNow(facts, decider.accountId, facts.approve)) {
    return { code: 'permission-denied', params: {} }
  }
  // SECURITY: nobody approves his own: not what he asked for, not what he made, by no account of his.
  if (isOwn(asked, [decider], facts)) return { code: 'approval-own', params: {} }
  const since = Math.min(facts.now, asked.askedAt) - handMs
  const wills = asked.wills.map(({ accountId }) => accountId)
  // SECURITY: nor by an account that somebody who wants it, or one and the same third, can use as well.
  if (shareHand(wills, [decider.accountId], since, facts)) {
    return { code: 'approval-own-hand', params: {} }
  }
  return mayNow(facts, asked.wills[0].accountId, facts.ask) ? null : ended('asker-gone')
}

const needed = (state: string): Problem => ({ code: 'approval-needed', params: { state } })

/** Why the act may not pass on this approval now; null: it may. */
export const passProblem = (
  asked: Asked | null,
  contentHash: string,
  facts: Facts,
): Problem | null => {
  if (asked === null) return needed('none')
  const state = stateNow(asked, facts.now, facts.revision)
  if (state !== 'approved' || asked.decider === null) return needed(state)
  // SECURITY: it holds for what was shown, to the letter.
  if (asked.contentHash !== contentHash) return needed('fallen')
  // SECURITY: who was disabled, or lost the right, approves nothing any more.
  if (!mayNow(facts, asked.decider.accountId, facts.approve)) return needed('approver-gone')
  if (isOwn(asked, [asked.decider], facts)) return needed('own')
  return mayNow(facts, asked.wills[0].accountId, facts.ask) ? null : needed('asker-gone')
}
