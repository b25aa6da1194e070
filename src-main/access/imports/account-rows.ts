import { z } from 'zod'
import type { accountImportProblems } from '../../../src-shared/contract/access-accounts.ts'
import { parseCsv, separatorOf } from '../../../src-shared/domain/csv-records.ts'
import { decodeText } from '../../../src-shared/domain/decode-text.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import { loginOf } from '../rules.ts'

/** Lines of a file of accounts. What is wrong is told by line and word: a hash is never repeated. */

export type AccountProblem = (typeof accountImportProblems)[number]

export interface AccountLine {
  readonly line: number
  readonly name: string
  readonly login: string
  /** As it is written there. */
  readonly role: string
  readonly email: string
  readonly hash: string
}

type Field = 'name' | 'login' | 'role' | 'email' | 'hash'

/** English and Indonesian, without case, blanks and signs. */
const headers: Readonly<Record<Field, readonly string[]>> = {
  name: ['name', 'fullname', 'displayname', 'nama', 'namalengkap'],
  login: ['login', 'username', 'user', 'account', 'akun', 'pengguna', 'namapengguna'],
  role: ['role', 'group', 'peran', 'jabatan'],
  email: ['email', 'mail', 'emailaddress', 'surel', 'alamatsurel'],
  hash: ['hash', 'bcrypt', 'bcrypthash', 'password', 'passwordhash', 'katasandi', 'sandi'],
}

const fieldOf = (header: string): Field | null => {
  const plain = header.toLowerCase().replaceAll(/[^a-z]/g, '')
  const found = Object.entries(headers).find(([, words]) => words.includes(plain))
  return (found?.[0] as Field | undefined) ?? null
}

const needed = ['name', 'login', 'role', 'hash'] as const

const mostBytes = 4 * 1024 * 1024
const mostLines = 5000

/** `$2a$`, `$2b$` or `$2y$`, cost 4 to 15: 22 characters of salt and 31 of hash. */
const bcryptHash = /^\$2[aby]\$(\d{2})\$[./A-Za-z0-9]{53}$/
const leastCost = 4
/** Above it a sign-in would take seconds: each step doubles it. */
const mostCost = 15

const printable = /^\P{Cc}*$/u

const problemOf = ({ name, login, email, hash }: AccountLine): AccountProblem | null => {
  if (name === '' || !printable.test(name)) return 'name-missing'
  if (name.length > 80) return 'name-too-long'
  if (login === '' || !printable.test(login)) return 'login-missing'
  if (login.length > 80) return 'login-too-long'
  if (email !== '' && !z.email().max(120).safeParse(email).success) return 'email-invalid'
  if (hash === '') return 'hash-missing'
  const cost = bcryptHash.exec(hash)?.[1]
  if (cost === undefined) return 'hash-not-bcrypt'
  return Number(cost) < leastCost || Number(cost) > mostCost ? 'hash-cost' : null
}

export interface ReadAccounts {
  readonly encoding: string
  readonly separator: string
  readonly columns: readonly { readonly header: string; readonly field: Field | null }[]
  readonly lines: readonly AccountLine[]
  readonly problems: readonly { readonly line: number; readonly code: AccountProblem }[]
}

/** Errors: `import-unreadable` (no text, too big, no such columns). */
export const readAccounts = (bytes: Uint8Array): ReadAccounts => {
  if (bytes.length > mostBytes) throw new NocturneError('import-unreadable', { reason: 'too-big' })
  const decoded = decodeText(bytes)
  if (decoded === null) throw new NocturneError('import-unreadable', { reason: 'no-text' })
  const separator = separatorOf(decoded.text)
  const records = parseCsv(decoded.text, separator)
  const head = records.next()
  const columns = (head.done === true ? [] : head.value.cells).map((header) => ({
    header: header.trim().slice(0, 80),
    field: fieldOf(header),
  }))
  const at = (field: Field): number => columns.findIndex((column) => column.field === field)
  const places = { name: at('name'), login: at('login'), role: at('role'), email: at('email') }
  const hashAt = at('hash')
  if (needed.some((field) => at(field) < 0)) {
    throw new NocturneError('import-unreadable', { reason: 'columns' })
  }
  const lines: AccountLine[] = []
  const problems: { line: number; code: AccountProblem }[] = []
  const seen = new Set<string>()
  let count = 0
  for (const { line, cells, broken } of records) {
    if (++count > mostLines) throw new NocturneError('import-unreadable', { reason: 'too-long' })
    if (broken) {
      problems.push({ line, code: 'line-broken' })
      continue
    }
    const cell = (place: number): string => (cells[place] ?? '').trim()
    const read: AccountLine = {
      line,
      name: cell(places.name),
      login: loginOf(cell(places.login)),
      role: cell(places.role),
      email: cell(places.email),
      hash: cell(hashAt),
    }
    const code = problemOf(read) ?? (seen.has(read.login) ? 'login-twice' : null)
    seen.add(read.login)
    if (code === null) lines.push(read)
    else problems.push({ line, code })
  }
  return { encoding: decoded.encoding, separator, columns, lines, problems }
}
