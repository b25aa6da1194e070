import type { SignIn } from '../../src-shared/contract/access.ts'
import type { StoreReader } from '../store/read-handle.ts'
import type { Transaction } from '../store/write-path.ts'
import { networkMemoryMs, type SignInCircumstance } from './suspicion.ts'

/** The history of sign-ins: 400 days. */

export const keptMs = 400 * 86_400_000
/** An unanswered one is shown for so long. */
const noticeMs = 90 * 86_400_000
const mostShown = 50

interface SignInRow {
  readonly id: string
  readonly at: number
  readonly accountId: string | null
  readonly accountName: string | null
  readonly result: SignIn['result']
  readonly means: SignIn['means']
  readonly device: string
  readonly addresses: string
  readonly suspicions: string
}

const columns = `sign_in.id, at, account_id AS accountId, account.name AS accountName, result, means,
  device, addresses, suspicions`
const from = `FROM sign_in LEFT JOIN account ON account.id = sign_in.account_id`

const signInOf = (row: SignInRow): SignIn => ({
  ...row,
  addresses: JSON.parse(row.addresses) as string[],
  suspicions: JSON.parse(row.suspicions) as SignIn['suspicions'],
})

export const createSignInReads = (reader: StoreReader) => {
  const byId = reader.prepare<[string], SignInRow>(`SELECT ${columns} ${from} WHERE sign_in.id = ?`)
  const of = reader.prepare<[string], SignInRow>(
    `SELECT ${columns} ${from} WHERE account_id = ? ORDER BY seq DESC LIMIT ${mostShown}`,
  )
  const unanswered = (whose: string) =>
    reader.prepare<[string, number], SignInRow>(
      `SELECT ${columns} ${from}
       WHERE ${whose} AND at > ? AND result = 'done' AND suspicions <> '[]'
       ORDER BY seq DESC LIMIT ${mostShown}`,
    )
  const own = unanswered(`account_id = ? AND own_answer IS NULL`)
  // The owner's own ones stand there already.
  const others = unanswered(`account_id IS NOT NULL AND account_id <> ? AND owner_answer IS NULL`)
  const past = reader.prepare<
    [string, number],
    { at: number; device: string; addresses: string }
  >(`SELECT at, device, addresses FROM sign_in
     WHERE account_id = ? AND result = 'done' AND at > ? ORDER BY seq DESC LIMIT 2000`)
  const first = reader.prepare<[string], object>(
    `SELECT 1 FROM sign_in WHERE account_id = ? AND result = 'done' LIMIT 1`,
  )
  const last = reader.prepare<[], { at: number }>(
    `SELECT at FROM sign_in ORDER BY seq DESC LIMIT 1`,
  )
  const failures = reader.prepare<[string, number, string], { n: number }>(
    `SELECT count(*) AS n FROM sign_in
     WHERE account_id = ? AND at > ? AND result IN ('wrong-password', 'wrong-code')
       AND seq > (SELECT coalesce(max(seq), 0) FROM sign_in
                  WHERE account_id = ? AND result = 'done')`,
  )
  const old = reader.prepare<[number], object>(`SELECT 1 FROM sign_in WHERE at < ? LIMIT 1`)
  return {
    byId: (id: string): SignIn | null => {
      const row = byId.get(id)
      return row === undefined ? null : signInOf(row)
    },
    of: (accountId: string): SignIn[] => of.all(accountId).map(signInOf),
    /** Those that stood out and that this person has not answered. */
    notices: (accountId: string, isOwner: boolean, now: number): SignIn[] =>
      [
        ...own.all(accountId, now - noticeMs),
        ...(isOwner ? others.all(accountId, now - noticeMs) : []),
      ]
        .map(signInOf)
        .toSorted((a, b) => b.at - a.at),
    pastOf: (accountId: string, now: number) => ({
      signIns: past.all(accountId, now - networkMemoryMs).map((row): SignInCircumstance => ({
        ...row,
        addresses: JSON.parse(row.addresses) as string[],
      })),
      isFirst: first.get(accountId) === undefined,
      lastAt: last.get()?.at ?? null,
      failures: failures.get(accountId, now - 3_600_000, accountId)?.n ?? 0,
    }),
    hasOld: (before: number): boolean => old.get(before) !== undefined,
  }
}

export type SignInReads = ReturnType<typeof createSignInReads>

export const insertSignIn = (tx: Transaction, signIn: Omit<SignIn, 'accountName'>): void => {
  tx.run(
    `INSERT INTO sign_in (id, at, account_id, result, means, device, addresses, suspicions)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    signIn.id,
    signIn.at,
    signIn.accountId,
    signIn.result,
    signIn.means,
    signIn.device,
    JSON.stringify(signIn.addresses),
    JSON.stringify(signIn.suspicions),
  )
  if (signIn.result !== 'done' || signIn.accountId === null) return
  tx.run(`UPDATE account SET last_sign_in_at = ? WHERE id = ?`, signIn.at, signIn.accountId)
}

export const answerSignIn = (
  tx: Transaction,
  signInId: string,
  as: 'own' | 'owner',
  known: boolean,
): void => {
  const column = as === 'own' ? 'own_answer' : 'owner_answer'
  tx.run(`UPDATE sign_in SET ${column} = ? WHERE id = ?`, known ? 'known' : 'not-known', signInId)
}

export const pruneSignIns = (tx: Transaction, before: number): void => {
  tx.run(`DELETE FROM sign_in WHERE at < ?`, before)
}
