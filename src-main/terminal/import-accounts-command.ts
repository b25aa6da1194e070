import { readFileSync } from 'node:fs'
import type { Output } from '../../src-shared/contract/index.ts'
import type { TerminalSession } from './session.ts'

export interface ImportedAccounts {
  readonly preview: Output<'access.previewAccounts'>
  /** Null: only looked at. */
  readonly added: number | null
}

/** Accounts with bcrypt hashes from a file; who is signed in gives no role above his own. */
export const importAccounts = async (
  session: TerminalSession,
  file: string,
  onlyLook: boolean,
): Promise<ImportedAccounts> => {
  const bytes = new Uint8Array(readFileSync(file))
  const preview = await session.query('access.previewAccounts', { fileName: 'accounts', bytes })
  if (onlyLook || preview.adds === 0) return { preview, added: null }
  const { added } = await session.command('access.importAccounts', { importId: preview.importId })
  return { preview, added }
}

/** SECURITY: lines are named by number and word; what stands in them is not repeated. */
export const importAccountsLines = ({ preview, added }: ImportedAccounts): readonly string[] => [
  `${preview.rows} lines, ${preview.encoding}, separator ${JSON.stringify(preview.separator)}`,
  ...preview.problems.map(({ line, code }) => `line ${line}: ${code}, left out`),
  ...(preview.problemsTotal > preview.problems.length
    ? [`and ${preview.problemsTotal - preview.problems.length} more`]
    : []),
  added === null ? `would add ${preview.adds} accounts` : `added ${added} accounts`,
]
