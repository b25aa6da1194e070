import { ActionIcon, Tooltip } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import { DataAge } from '../../components/data-age.tsx'
import { useFormat } from '../../components/use-format.ts'
import { AnsweredHistory } from './answered-history.tsx'
import { readNow } from './olt-actions.ts'
import { PollingProgress } from './polling-progress.tsx'
import { dueEveryS, readingGroups } from './reading-plan.ts'

/** Each group of readings: how old, how often, and "read now". */
export const OltReadings = ({ olt }: { readonly olt: OltRow }) => {
  const { t } = useTranslation('network')
  const format = useFormat()
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
                  {t('olts.page.every', { interval: format.age(interval * 1000) })}
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
