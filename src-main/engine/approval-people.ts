import type { Roles } from '../access/roles.ts'
import type { AccountReads } from '../access/tables.ts'
import type { StoreReader } from '../store/read-handle.ts'
import type { ApprovalPeople } from './approval-ports.ts'
import type { Reach } from './reach.ts'

/** Who made the account, by whatever command, gave it a one-time code or a link. */
const selectHands = `SELECT audit.account_id AS by FROM change_feed
    JOIN audit ON audit.command_id = change_feed.command_id
    WHERE change_feed.entity = 'account' AND change_feed.entity_id = ?
      AND change_feed.kind = 'created' AND audit.outcome = 'done' AND audit.at >= ?
      AND audit.account_id IS NOT NULL
  UNION SELECT account_id FROM audit WHERE subject_id = ? AND outcome = 'done' AND at >= ?
    AND name IN ('access.resetPassword', 'access.companyAccount') AND account_id IS NOT NULL`

/** Accounts and roles as approvals ask for them: read from the store at each question. */
export const createApprovalPeople = (deps: {
  readonly accounts: AccountReads
  readonly roles: Roles
  readonly reader: StoreReader
  readonly reachOf: (accountId: string) => Reach
}): ApprovalPeople => {
  const { accounts, roles } = deps
  const hands = deps.reader.prepare<[string, number, string, number], { by: string }>(selectHands)
  return {
    now: (accountId) => {
      const account = accounts.anyById(accountId)
      return {
        active: account !== undefined && account.disabledAt === null,
        employeeId: account?.employeeId ?? null,
        permissions: roles.permissionsOf(account?.role ?? ''),
        reach: deps.reachOf(accountId),
      }
    },
    nameOf: accounts.nameOf,
    active: () =>
      accounts
        .all()
        .filter(({ passwordHash, lastSignInAt }) => passwordHash !== null || lastSignInAt !== null)
        .map(({ id }) => id),
    handsOn: (accountId, since) =>
      hands
        .all(accountId, since, accountId, since)
        .map(({ by }) => by)
        .filter((by) => by !== accountId),
  }
}
