import { ActionIcon, Tooltip } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { OltRow, ReadingGroup } from '../../../src-shared/contract/network-model.ts'
import { DataAge } from '../../components/data-age.tsx'
import { useFormat } from '../../components/use-format.ts'
import { planLines, type OltCare } from './care-model.ts'
import { AnsweredHistory } from './answered-history.tsx'
import { readNow } from './olt-actions.ts'
import { PollingProgress } from './polling-progress.tsx'
import { dueEveryS, readingGroups } from './reading-plan.ts'

export interface OltReadingsProps {
  readonly olt: OltRow
  /** undefined: not known yet. */
  readonly care: OltCare | undefined
}

/** Each group of readings: how old, how often, and "read now". */
export const OltReadings = ({ olt, care }: OltReadingsProps) => {
  const { t } = useTranslation('network')
  return (
    <section className="nc-panel no-readings" aria-label={t('olts.page.readings')}>
      <header className="nc-panel__head">
        <h2>{t('olts.page.readings')}</h2>
        <PollingProgress polling={olt.polling} />
        <AnsweredHistory answered={olt.answered} />
      </header>
      <table className="nc-table">
        <tbody>
          {readingGroups.map((group) => {
            const interval = dueEveryS(olt, group)
            const name = t(`readingGroup.${group}`)
            return (
              <tr key={group}>
                <th scope="row">{name}</th>
                <td>
                  <DataAge at={olt.ages[group]} intervalS={interval} exact />
                </td>
                <td className="nc-soft">
                  <Every olt={olt} care={care} group={group} />
                </td>
                <td className="no-menu">
                  <Tooltip label={t('olts.page.readNowOf', { group: name.toLocaleLowerCase() })}>
                    <ActionIcon
                      aria-label={t('olts.page.readNowOf', { group: name.toLocaleLowerCase() })}
                      onClick={() => void readNow(olt, group)}
                      disabled={olt.polling?.group === group}
                    >
                      <IconRefresh size={15} aria-hidden="true" />
                    </ActionIcon>
                  </Tooltip>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

/** How often it is really read: slower than asked for while answers are slow, or not by itself. */
const Every = ({ olt, care, group }: OltReadingsProps & { readonly group: ReadingGroup }) => {
  const { t } = useTranslation('network')
  const { t: tCare } = useTranslation('care')
  const format = useFormat()
  const interval = format.age(dueEveryS(olt, group) * 1000)
  const line = care === undefined ? undefined : planLines(care).find((each) => each.group === group)
  if (olt.quiet !== null) return tCare('readings.quiet')
  if (group === 'optics' && !olt.opticsPolled) return tCare('readings.onDemand')
  if (line === undefined || line.keptS <= line.askedS) return t('olts.page.every', { interval })
  return (
    <span className="no-readings__kept" title={tCare('readings.keptHint')}>
      {tCare('readings.kept', { kept: format.age(line.keptS * 1000), asked: interval })}
    </span>
  )
}
