import type { Output } from '../../../src-shared/contract/index.ts'
import { alarmTypes, ruleKinds, type AlarmType } from '../../../src-shared/domain/alarm-rules.ts'

export type Guide = Output<'alarms.guide'>

const alarmLevels = ['console', 'olt', 'board', 'pon', 'onu'] as const

/** By level from the console down to the ONU; within a level as the rules have them. */
export const guideOrder: readonly AlarmType[] = alarmLevels.flatMap((level) =>
  alarmTypes.filter((type) => ruleKinds[type].level === level),
)

/** Every word anywhere in the guide of a type, or in its name. */
export const fitsGuide = (
  text: string,
  name: string,
  level: string,
  guide: Guide | undefined,
): boolean => {
  const all = [
    name,
    level,
    guide?.meaning,
    ...(guide?.causes ?? []),
    ...(guide?.checks ?? []),
    guide?.firstAction,
    guide?.note?.text,
  ]
    .join(' ')
    .toLowerCase()
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word))
}
