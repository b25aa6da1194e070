import { IconArrowRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { OnuConfigDifference } from '../../../src-shared/domain/onu-config.ts'
import { noValue } from '../../components/format.ts'

export interface DifferencesProps {
  readonly list: readonly OnuConfigDifference[]
  /** Heads of the two sides; left out: before and after. */
  readonly sides?: readonly [string, string]
}

/** What is, and what shall be, part by part. */
export const Differences = ({ list, sides }: DifferencesProps) => {
  const { t } = useTranslation('provisioning')
  return (
    <table className="nc-table npv-diff">
      <thead>
        <tr>
          <th scope="col">{t('plan.part')}</th>
          <th scope="col">{sides?.[0] ?? t('plan.before')}</th>
          <th scope="col" aria-hidden="true" />
          <th scope="col">{sides?.[1] ?? t('plan.after')}</th>
        </tr>
      </thead>
      <tbody>
        {list.map(({ part, before, after }) => (
          <tr key={part}>
            <th scope="row">{t(`part.${part}`)}</th>
            <td className="nc-mono npv-diff__before">
              <PartText part={part} text={before} />
            </td>
            <td aria-hidden="true" className="nc-faint npv-diff__arrow">
              <IconArrowRight size={13} />
            </td>
            <td className="nc-mono npv-diff__after">
              <PartText part={part} text={after} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** A part's short text as a person reads it. */
export const PartText = ({
  part,
  text,
}: {
  readonly part: OnuConfigDifference['part']
  readonly text: string
}) => {
  const { t } = useTranslation('provisioning')
  if (text === '') return <span className="nc-faint">{noValue}</span>
  if (part === 'adminEnabled') return t(text === 'true' ? 'value.on' : 'value.off')
  const lines = text.split('; ')
  return lines.length === 1 ? (
    text
  ) : (
    <>
      {lines.map((line) => (
        <div key={line}>{line}</div>
      ))}
    </>
  )
}
