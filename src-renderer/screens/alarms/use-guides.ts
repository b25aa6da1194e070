import { useEffect, useState } from 'react'
import { alarmTypes, type AlarmType } from '../../../src-shared/domain/alarm-rules.ts'
import { callQuery } from '../../client/client.ts'
import type { Guide } from './guide-model.ts'

const none: ReadonlyMap<AlarmType, Guide> = new Map()

/** All guides of a language, for searching in them; what cannot be read is left out. */
export const useGuides = (language: 'en' | 'id'): ReadonlyMap<AlarmType, Guide> => {
  const [guides, setGuides] = useState(none)
  useEffect(() => {
    let ended = false
    const read = async (): Promise<void> => {
      const answers = await Promise.allSettled(
        alarmTypes.map((type) => callQuery('alarms.guide', { type, language })),
      )
      if (ended) return
      setGuides(
        new Map(
          answers.flatMap((answer) =>
            answer.status === 'fulfilled' ? [[answer.value.type, answer.value] as const] : [],
          ),
        ),
      )
    }
    void read()
    return () => {
      ended = true
    }
  }, [language])
  return guides
}
