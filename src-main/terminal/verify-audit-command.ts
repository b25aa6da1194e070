import { existsSync, readFileSync } from 'node:fs'
import type { CallInput, Output } from '../../src-shared/contract/index.ts'
import type { ExportVerification } from '../audit/verify-export.ts'
import { checkpointIn } from '../store/audit-checkpoint-file.ts'

/** What `verify-audit` says of a store or of an exported file. */

type Proof = Output<'audit.verify'>

/** In groups of four, as the console shows it: to be compared by eye. */
export const spacedFingerprint = (fingerprint: string): string =>
  fingerprint.replaceAll(/(.{4})(?=.)/gu, '$1 ')

/** Checkpoints that were kept elsewhere. A line that is none is said, with its number. */
export const readKeptCheckpoints = (
  file: string,
): NonNullable<CallInput<'audit.verify'>['checkpoints']> => {
  if (!existsSync(file)) throw new Error(`${file}: there is no such file`)
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines.flatMap((line, index) => {
    if (line === '') return []
    const checkpoint = checkpointIn(line)
    if (checkpoint === null) throw new Error(`${file}:${index + 1}: no checkpoint`)
    return [checkpoint]
  })
}

const brokenLine = (brokenAt: number | null, reason: string | null): string =>
  brokenAt === null
    ? `the file is not what was signed: ${reason}`
    : `the audit trail is broken at row ${brokenAt}: ${reason}`

const keyLine = (fingerprint: string | null): string[] =>
  fingerprint === null
    ? []
    : [`signed by the key ${spacedFingerprint(fingerprint)}: compare it with the console's`]

export const storeProofLines = (proof: Proof): string[] => [
  proof.ok
    ? `the audit trail is whole: ${proof.rows} rows, ${proof.checkpoints} signed checkpoints`
    : brokenLine(proof.brokenAt, proof.reason),
  ...keyLine(proof.fingerprint),
]

export const exportProofLines = (proof: ExportVerification): string[] => [
  proof.ok
    ? `the exported trail is as it was signed: ${proof.rows} rows${proof.whole ? '' : ' (a part: its filter leaves rows out)'}`
    : brokenLine(proof.brokenAt, proof.reason),
  ...(proof.exportedAt === null ? [] : [`exported ${new Date(proof.exportedAt).toISOString()}`]),
  ...keyLine(proof.fingerprint),
]
