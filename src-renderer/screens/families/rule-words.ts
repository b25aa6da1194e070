import type { TFunction } from 'i18next'
import type { Output } from '../../../src-shared/contract/index.ts'

export type RecognitionRule = Output<'families.family'>['recognisedBy'][number]

/** A rule as a sentence: "sysObjectID is 1.3… or below it and sysDescr matches ^V1600D". */
export const ruleWords = (t: TFunction<'families'>, rule: RecognitionRule): string => {
  const words: string[] = []
  if (rule.sysObjectId !== null) words.push(t('rule.sysObjectId', { oid: rule.sysObjectId }))
  if (rule.sysObjectIdTail !== null) {
    words.push(t('rule.sysObjectIdTail', { oid: rule.sysObjectIdTail }))
  }
  for (const oid of rule.except) words.push(t('rule.except', { oid }))
  if (rule.sysDescr !== null) words.push(t('rule.sysDescr', { pattern: rule.sysDescr }))
  if (rule.probe !== null) {
    const { oid, text } = rule.probe
    words.push(
      text === null ? t('rule.probe', { oid }) : t('rule.probeText', { oid, pattern: text }),
    )
  }
  for (const oid of rule.absent) words.push(t('rule.absent', { oid }))
  return words.join(t('rule.join'))
}
