import english from '../../../assets/alarm-guide/en.json' with { type: 'json' }
import indonesian from '../../../assets/alarm-guide/id.json' with { type: 'json' }
import type { AlarmType } from '../../../src-shared/domain/alarm-rules.ts'

export interface GuideEntry {
  readonly meaning: string
  readonly causes: readonly string[]
  readonly checks: readonly string[]
  readonly firstAction: string
}

export type GuideLanguage = 'en' | 'id'

/** The guide to alarms as it comes with the console: part of the program, so no web is needed. */
export const alarmGuide: Readonly<Record<GuideLanguage, Readonly<Record<AlarmType, GuideEntry>>>> =
  {
    en: english,
    id: indonesian,
  }
