import type { ReactNode } from 'react'
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
  return (
    <dl className="nc-facts">
      <Fact word={t('plans.column.price')}>
        <PriceText version={version} /> {t(`per.${version.interval}`)}
      </Fact>
      <Fact word={t('facts.tax')}>
        {codes === ''
          ? t('facts.untaxed')
          : t(version.taxIncluded ? 'facts.included' : 'facts.added', { codes })}
      </Fact>
      {!prepaid && <Fact word={t('version.mode')}>{t(`mode.${version.mode}`)}</Fact>}
      <Fact word={t('version.proration')}>{t(`proration.${version.proration}`)}</Fact>
      {!prepaid && (
        <Fact word={t('version.billWhileSuspended')}>
          {t(version.billWhileSuspended ? 'version.yes' : 'version.no')}
        </Fact>
      )}
      <Fact word={t('version.billWhilePaused')}>
        {t(version.billWhilePaused ? 'version.yes' : 'version.no')}
      </Fact>
      <Fact word={t('version.speed')}>
        <SpeedFacts speed={version.speed} />
      </Fact>
      <Fact word={t('version.minTerm')}>{t('facts.months', { count: version.minTermMonths })}</Fact>
      <Fact word={t('version.trial')}>{t('facts.days', { count: version.trialDays })}</Fact>
      {prepaid && (
        <>
          <Fact word={t('version.grace')}>{t('facts.days', { count: version.graceDays })}</Fact>
          <Fact word={t('version.balance')}>
            {version.balanceDays === null
              ? t('facts.forGood')
              : t('facts.days', { count: version.balanceDays })}
          </Fact>
        </>
      )}
      <Fact word={t('version.section.extras')}>
        <Extras version={version} />
      </Fact>
      <Fact word={t('version.section.discounts')}>
        <Discounts version={version} />
      </Fact>
      <Fact word={t('facts.made')}>
        <Since at={version.createdAt} />
        {version.createdBy === null ? null : ` ${t('facts.by', { name: version.createdBy })}`}
      </Fact>
    </dl>
  )
}

const Fact = ({ word, children }: { readonly word: string; readonly children: ReactNode }) => (
  <>
    <dt>{word}</dt>
    <dd>{children}</dd>
  </>
)

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
            ? t('facts.percentOff', {
                percent: format.percent(
                  (percentPpm ?? 0) / 1_000_000,
                  (percentPpm ?? 0) % 10_000 === 0 ? 0 : 2,
                ),
              })
            : t('facts.amountOff', { amount: money(amount, version.currency) })}
          , {cycles === null ? t('facts.everyPeriod') : t('facts.firstCycles', { count: cycles })},{' '}
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
