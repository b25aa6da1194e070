import { Button, Modal, SegmentedControl } from '@mantine/core'
import { IconArrowBack, IconClockPlus } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import { StateBadge } from '../../components/state-badge.tsx'
import { useFormat } from '../../components/use-format.ts'
import { levelOf, rangeOf, TrendMark, useMarginText, type LightField } from './live-view-light.tsx'
import type { LiveView } from './live-view-model.ts'
import { LiveMoment, TimeLeft } from './live-view-moment.tsx'

export interface LiveDigitsProps {
  readonly view: LiveView
  readonly limits: Output<'network.onu'>['limits']
  readonly title: string
  readonly onMore: () => void
  readonly onClose: () => void
}

/**
 * The level of one direction over the whole window, for someone who works at the connector and
 * looks up: word, colour, arrow and figure say the same. Esc goes back.
 */
export const LiveDigits = (props: LiveDigitsProps): ReactNode => {
  const { view, limits, title, onMore, onClose } = props
  const { t } = useTranslation('care')
  const { t: network } = useTranslation('network')
  const format = useFormat()
  const marginText = useMarginText()
  const [field, setField] = useState<LightField>(
    view.onu !== null && view.onu.onuRxDbm === null && view.onu.oltRxDbm !== null
      ? 'oltRxDbm'
      : 'onuRxDbm',
  )
  const range = rangeOf(limits, field)
  const level = levelOf(view, field, range)
  const { onu } = view
  const dark = onu !== null && onu.state !== 'online'
  return (
    <Modal
      opened
      onClose={onClose}
      fullScreen
      withCloseButton={false}
      padding={0}
      aria-label={`${t('live.digits')}: ${title}`}
      classNames={{ body: 'nc-digits__body', content: 'nc-digits__content' }}
    >
      <div className="nc-digits" data-signal={dark ? 'dark' : level.signal}>
        <header className="nc-digits__head">
          <h2 className="nc-cut">{title}</h2>
          <SegmentedControl
            size="sm"
            aria-label={t('live.which')}
            value={field}
            onChange={(next) => setField(next as LightField)}
            data={[
              { value: 'onuRxDbm', label: t('live.towardsOnu') },
              { value: 'oltRxDbm', label: t('live.towardsOlt') },
            ]}
          />
          <Button
            variant="default"
            size="sm"
            onClick={onMore}
            data-autofocus
            leftSection={<IconClockPlus size={16} aria-hidden="true" />}
          >
            {t(view.phase === 'open' ? 'live.extend' : 'live.again')}
          </Button>
          <Button
            variant="default"
            size="sm"
            onClick={onClose}
            leftSection={<IconArrowBack size={16} aria-hidden="true" />}
          >
            {t('live.digitsClose')}
          </Button>
        </header>
        <main className="nc-digits__main" aria-live="off">
          {level.value === null ? (
            <div className="nc-digits__value">–</div>
          ) : (
            <div className="nc-digits__value">
              {format.number(level.value, 1)}
              <span className="nc-digits__unit">dBm</span>
            </div>
          )}
          <div className="nc-digits__words">
            {dark ? (
              <StateBadge
                state={onu.state}
                causeClass={onu.causeClass}
                cause={onu.cause}
                withCause
              />
            ) : (
              <>
                <strong>
                  {level.value === null ? t('live.noLight') : network(`signal.${level.signal}`)}
                </strong>
                {level.value === null ? null : <span>{marginText(level, range)}</span>}
                <TrendMark trend={level.trend} size={56} />
              </>
            )}
          </div>
        </main>
        <footer className="nc-digits__foot">
          <TimeLeft view={view} />
          <LiveMoment view={view} />
          {level.best === null ? null : (
            <span>{t('live.best', { value: `${format.number(level.best, 1)} dBm` })}</span>
          )}
        </footer>
      </div>
    </Modal>
  )
}
