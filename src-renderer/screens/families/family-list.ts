import type { Output } from '../../../src-shared/contract/index.ts'

/** What the list shows, and in which order. */
export type FamilyList = Output<'families.list'>
export type FamilySummary = FamilyList['families'][number]
export type RefusedFamily = FamilyList['refused'][number]
export type FamilyIssue = RefusedFamily['issues'][number]

const byTitle = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Those in use first, then by name. */
export const sortFamilies = (families: readonly FamilySummary[]): readonly FamilySummary[] =>
  families.toSorted(
    (left, right) =>
      Number(right.olts > 0) - Number(left.olts > 0) || byTitle.compare(left.title, right.title),
  )

export const isOwn = ({ source }: FamilySummary): boolean => source === 'own'

/** Why it may only be read, where somebody could change that; null: it may be written. */
export const readingOnly = ({
  trust,
}: Pick<FamilySummary, 'trust'>): 'untrusted' | 'changed' | null =>
  trust === 'untrusted' || trust === 'changed' ? trust : null

/** `…/profile.yaml:12:3 onus.fields.serial: unknown key`, as editors and compilers spell it. */
export const issueLine = (file: string, { line, column, path, message }: FamilyIssue): string =>
  `${file}:${line}:${column} ${path === '' ? '' : `${path}: `}${message}`

export const issueLines = ({ file, issues }: RefusedFamily): string =>
  issues.map((issue) => issueLine(file, issue)).join('\n')

/** The folder that a first family would have, spelt as this system spells paths. */
export const exampleFolder = (folder: string): string =>
  `${folder}${folder.includes('\\') ? '\\' : '/'}acme-olt-gpon`
