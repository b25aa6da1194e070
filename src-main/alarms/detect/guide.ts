import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { alarmTypes, type AlarmType } from '../../../src-shared/domain/alarm-rules.ts'

const text = z.string().min(1).max(2000)

const entry = z.strictObject({
  meaning: text,
  causes: z.array(text).min(2).max(8),
  checks: z.array(text).min(2).max(8),
  firstAction: text,
})

/** A file of assets/alarm-guide: every type, and no other word. */
export const guideFile = z.strictObject(
  Object.fromEntries(alarmTypes.map((type) => [type, entry])) as Record<AlarmType, typeof entry>,
)

export type GuideEntry = z.output<typeof entry>
export type GuideLanguage = 'en' | 'id'

/**
 * The guide to alarms as it comes with the console: read from the folder when it is asked for first,
 * and no web is needed. Throws what reading a file throws, where the folder is not whole.
 */
export const createGuide = (
  folder: string,
): ((type: AlarmType, language: GuideLanguage) => GuideEntry) => {
  const files = new Map<GuideLanguage, z.output<typeof guideFile>>()
  return (type, language) => {
    let file = files.get(language)
    if (file === undefined) {
      file = guideFile.parse(JSON.parse(readFileSync(join(folder, `${language}.json`), 'utf8')))
      files.set(language, file)
    }
    return file[type]
  }
}
