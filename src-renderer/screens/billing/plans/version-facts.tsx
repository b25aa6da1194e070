import { Fragment, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlanVersion } from '../../../../src-shared/contract/billing-model.ts'
import { Since } from '../../../components/data-age.tsx'
import { useDayText } from '../../../components/day.tsx'
import { Money, useMoneyText } from '../../../components/money.tsx'
import { useFormat } from '../../../components/use-format.ts'
import { PriceText } from './price-text.tsx'
import { SpeedFacts } from './speed-mark.tsx'

/** All that a version says. */
export const VersionFacts = ({
  version,
  prepaid,
}: {
  readonly version: PlanVersion
  readonly prepaid: boolean
}) => {
  const { t } = useTranslation('billing')
  const codes = version.taxCodes.join(', ')
  const rows: readonly (readonly [string, ReactNode])[] = [
    [
      t('plans.column.price'),
      <>
        <PriceText version={version} /> {t(`per.${version.interval}`)}
      </>,
    ],
    [
      t('facts.tax'),
      codes === ''
        ? t('facts.untaxed')
        : t(version.taxIncluded ? 'facts.included' : 'facts.added', { codes }),
    ],
    [t('version.mode'), t(`mode.${version.mode}`)],
    [t('version.proration'), t(`proration.${version.proration}`)],
    [
      t('version.billWhileSuspended'),
      t(version.billWhileSuspended ? 'version.yes' : 'version.no'),
    ],
    [t('version.billWhilePaused'), t(version.billWhilePaused ? 'version.yes' : 'version.no')],
    [t('version.speed'), <SpeedFacts speed={version.speed} />],
    [t('version.minTerm'), t('facts.months', { count: version.minTermMonths })],
    [t('version.trial'), t('facts.days', { count: version.trialDays })],
    ...(prepaid
      ? [
          [t('version.grace'), t('facts.days', { count: version.graceDays })] as const,
          [
            t('version.balance'),
            version.balanceDays === null
              ? t('facts.forGood')
              : t('facts.days', { count: version.balanceDays }),
          ] as const,
        ]
      : []),
    [t('version.section.extras'), <Extras version={version} />],
    [t('version.section.discounts'), <Discounts version={version} />],
    [
      t('facts.made'),
      <>
        <Since at={version.createdAt} />
        {version.createdBy === null ? null : ` ${t('facts.by', { name: version.createdBy })}`}
      </>,
    ],
  ]
  return (
    <dl className="nc-facts">
      {rows.map(([word, value]) => (
        <Fragment key={word}>
          <dt>{word}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </dl>
  )
}

const Extras = ({ version }: { readonly version: PlanVersion }) => {
  const { t } = useTranslation('billing')
  if (version.extras.length === 0) return <span className="nc-faint">{t('facts.none')}</span>
  return (
    <ul className="nbl-list">
      {version.extras.map(({ code, name, kind, price, required }) => (
        <li key={code}>
          {name} <span className="nc-mono nc-soft">{code}</span>{' '}
          <Money minor={price} currency={version.currency} />{' '}
          <span className="nc-soft">
            {t(`version.extra.${kind}`)}, {t(required ? 'facts.required' : 'facts.chosen')}
          </span>
        </li>
      ))}
    </ul>
  )
}

const Discounts = ({ version }: { readonly version: PlanVersion }) => {
  const { t } = useTranslation('billing')
  const format = useFormat()
  const money = useMoneyText()
  const day = useDayText()
  if (version.discounts.length === 0) return <span className="nc-faint">{t('facts.none')}</span>
  return (
    <ul className="nbl-list">
      {version.discounts.map(({ name, amount, percentPpm, fromOn, untilOn, cycles }) => (
        <li key={`${name} ${fromOn}`}>
          {name}:{' '}
          {amount === null
            ? t('facts.percentOff', { percent: format.percent((percentPpm ?? 0) / 1_000_000, 2) })
            : t('facts.amountOff', { amount: money(amount, version.currency) })}
          ,{' '}
          {cycles === null ? t('facts.everyPeriod') : t('facts.firstCycles', { count: cycles })}
          ,{' '}
          <span className="nc-soft">
            {untilOn === null
              ? t('facts.from', { day: day(fromOn) })
              : t('facts.between', { from: day(fromOn), until: day(untilOn) })}
          </span>
        </li>
      ))}
    </ul>
  )
}
