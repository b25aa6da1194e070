import { ponOf } from '../../../src-shared/domain/onu-address.ts'
import type { AlarmType } from '../../../src-shared/domain/alarm-rules.ts'
import type { ErrorParams } from '../../../src-shared/errors.ts'
import type { OltFacts } from '../../engine/network-facts.ts'
import type { Condition } from '../condition.ts'
import { keyOf } from './condition-teller.ts'
import { concernsOlt } from './rule-limits.ts'
import { onuResource, ponResource, type WatchContext } from './watcher.ts'

/**
 * More ONUs of one PON than this with the same condition are one condition of the PON, which says
 * how many (a rule of our own: a technician reads eight rows, and sixty-four are one trouble). Those
 * marked important are told of one by one all the same.
 */
export const mostPerPon = 8
/** Told as one, it stays so until fewer than this are left. */
const fewAgain = 5

export interface OnuFinding {
  readonly type: AlarmType
  readonly qualifier?: string
  /** Asked of the ONUs that the rule concerns, in order of address. No object is made before it. */
  readonly holds: (row: number, place: number) => boolean
  readonly params: (row: number, place: number) => ErrorParams
  /** Which of two places tells more, where many become one; negative: the first. */
  readonly worse?: (place: number, other: number) => number
}

/** The conditions of a type of the ONUs of an OLT; empty at once where the rule concerns none. */
export const collectOnus = (
  { rules, teller }: Pick<WatchContext, 'rules' | 'teller'>,
  olt: OltFacts,
  { type, qualifier = '', holds, params, worse }: OnuFinding,
): Condition[] => {
  const rule = rules.rule(type)
  if (!concernsOlt(rule, olt.id)) return []
  const important = rules.importantOf(olt.id)
  if (rule.importantOnly && important.size === 0) return []
  const { addresses, rows, id } = olt
  const out: Condition[] = []
  const single = (place: number, isImportant: boolean): void => {
    out.push({
      resource: onuResource(id, addresses[place]!),
      type,
      qualifier,
      params: params(rows[place]!, place),
      affectedOnus: 1,
      important: isImportant,
    })
  }
  let hits: number[] = []
  let pon = -1
  const flush = (): void => {
    if (hits.length === 0) return
    const resource = ponResource(id, pon)
    const asOne = teller.isTold(type, id, keyOf(resource, qualifier))
    if (hits.length > mostPerPon || (asOne && hits.length >= fewAgain)) {
      const worst = hits.reduce((one, other) =>
        worse !== undefined && worse(other, one) < 0 ? other : one,
      )
      out.push({
        resource,
        type,
        qualifier,
        params: { ...params(rows[worst]!, worst), onus: hits.length },
        affectedOnus: hits.length,
        important: false,
      })
    } else {
      for (const place of hits) single(place, false)
    }
    hits = []
  }
  for (let place = 0; place < addresses.length; place++) {
    const address = addresses[place]!
    const isImportant = important.size > 0 && important.has(address)
    if (rule.importantOnly && !isImportant) continue
    if (ponOf(address) !== pon) {
      flush()
      pon = ponOf(address)
    }
    if (!holds(rows[place]!, place)) continue
    if (isImportant) single(place, true)
    else hits.push(place)
  }
  flush()
  return out
}
