import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import {
  formatOnu,
  type OnuAddress,
  type PonAddress,
} from '../../../src-shared/domain/onu-address.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { noValue } from '../../components/format.ts'
import { useFormat } from '../../components/use-format.ts'
import { ProblemLine } from '../provisioning/problem-line.tsx'
import './what-if.css'

type Row = Output<'provisioning.whatIf'>['rows'][number]

export interface WhatIfProps {
  readonly oltId: string
  readonly addresses: readonly OnuAddress[]
  readonly to: { readonly oltId: string; readonly pon: PonAddress }
}

/** Light, numbers and loss of service, as they would be after a move. */
export const WhatIf = ({ oltId, addresses, to }: WhatIfProps) => {
  const { t } = useTranslation('provisioning')
  const format = useFormat()
  const { value, failure, refresh } = useQuery('provisioning.whatIf', {
    oltId,
    addresses: [...addresses],
    to: { oltId: to.oltId, pon: { ...to.pon } },
  })
  if (value === undefined) {
    return <Awaiting failure={failure} onRetry={refresh} rows={4} brief />
  }
  const bad = value.rows.filter(({ problems }) => problems.length > 0).length
  const dark = value.rows.filter(
    ({ marginThenDb }) => marginThenDb !== null && marginThenDb < 0,
  ).length
  return (
    <section className="npm-whatif" aria-label={t('whatif.title')}>
      <p className="npm-whatif__sum" role="status">
        <strong>{t(value.fits ? 'whatif.fits' : 'whatif.fitsNot')}</strong>
        <span>{t('whatif.free', { count: value.free, number: format.number(value.free) })}</span>
        <span>{t('whatif.loss', { time: format.duration(value.serviceLossS) })}</span>
        {bad > 0 && <span className="npv-bad">{t('whatif.bad', { count: bad })}</span>}
        {dark > 0 && <span className="npv-bad">{t('whatif.dark', { count: dark })}</span>}
      </p>
      {value.problems.map((problem) => (
        <ProblemLine key={problem.code} problem={problem} />
      ))}
      <div className="npm-whatif__rows" tabIndex={0} role="group" aria-label={t('whatif.title')}>
        <table className="nc-table">
          <thead>
            <tr>
              <th scope="col">{t('target.onu')}</th>
              <th scope="col">{t('whatif.from')}</th>
              <th scope="col">{t('whatif.to')}</th>
              <th scope="col" className="nc-num">
                {t('whatif.now')}
              </th>
              <th scope="col" className="nc-num">
                {t('whatif.then')}
              </th>
              <th scope="col" className="nc-num">
                {t('whatif.margin')}
              </th>
              <th scope="col">{t('waiting.note')}</th>
            </tr>
          </thead>
          <tbody>
            {value.rows.map((row) => (
              <WhatIfRow key={formatOnu(row.address)} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="nc-soft nc-small">{t('whatif.how')}</p>
    </section>
  )
}

const WhatIfRow = ({ row }: { readonly row: Row }) => {
  const { t: tError } = useTranslation('error')
  const format = useFormat()
  const notes = [...row.problems, ...row.warnings].map(({ code, params }) =>
    tError(`${code}.what`, params),
  )
  return (
    <tr>
      <td className="npm-whatif__name nc-cut" title={row.serial}>
        {row.name ?? row.serial}
      </td>
      <td className="nc-mono">{formatOnu(row.address)}</td>
      <td className="nc-mono">{row.newAddress === null ? noValue : formatOnu(row.newAddress)}</td>
      <td className="nc-num">{format.number(row.onuRxNowDbm, 1)}</td>
      <td className="nc-num">{format.number(row.onuRxThenDbm, 1)}</td>
      <td
        className="nc-num"
        data-low={(row.marginThenDb !== null && row.marginThenDb < 0) || undefined}
      >
        {format.number(row.marginThenDb, 1)}
      </td>
      <td className={row.problems.length > 0 ? 'npv-bad' : 'nc-soft'}>{notes.join(' ')}</td>
    </tr>
  )
}
