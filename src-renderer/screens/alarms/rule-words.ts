import type { AlarmType } from '../../../src-shared/domain/alarm-rules.ts'
import { ruleKinds, type RuleLimit } from '../../../src-shared/domain/alarm-rules.ts'
import type { Speaker } from './alarm-words.ts'

/** Every name of a limit has its word; the test compares with the rules. */
export const limitWord = ({ t }: Pick<Speaker, 't'>, name: string): string =>
  t(`limit.${name as 'cpuPercent'}`)

export const unitWord = ({ t }: Pick<Speaker, 't'>, unit: RuleLimit['unit']): string =>
  unit === 'count' ? '' : t(`unit.${unit}`)

/** "CPU load 85 %". */
export const limitText = (
  speaker: Speaker,
  type: AlarmType,
  name: string,
  value: number,
): string => {
  const limit = ruleKinds[type].limits[name]
  const digits = Number.isInteger(value) ? 0 : 1
  const unit = limit === undefined ? '' : unitWord(speaker, limit.unit)
  return `${limitWord(speaker, name)} ${speaker.format.number(value, digits)} ${unit}`.trim()
}
