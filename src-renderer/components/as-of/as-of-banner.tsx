import { Button } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { backToNow, lookAt, useAsOf, type AsOf } from '../../state/as-of.ts'
import { useTicking } from '../clock.ts'
import { Kbd } from '../kbd.tsx'
import { useFormat } from '../use-format.ts'
import { momentText } from './moment-text.ts'
import { StepButtons } from './step-buttons.tsx'
import { stepped, within } from './steps.ts'
import './as-of.css'

/** Says which moment is looked at, as long as one is. */
export const AsOfBanner = () => {
  const asOf = useAsOf((state) => state.asOf)
  return asOf.kind === 'now' ? null : <Shown asOf={asOf} />
}

const minuteMs = 60_000
const minuteOf = (now: number): number => Math.floor(now / minuteMs) * minuteMs

const Shown = ({ asOf }: { readonly asOf: Exclude<AsOf, { kind: 'now' }> }) => {
  const { t } = useTranslation('asof')
  const format = useFormat()
  const { at } = asOf
  const age = useTicking(useCallback((now: number) => format.age(now - at), [format, at]))
  const span = { from: null, to: useTicking(minuteOf) }
  useShortcut('back', backToNow)
  const time = momentText(format, at)
  return (
    <div className="nc-asof-banner" data-kind={asOf.kind} role="status">
      <IconHistory size={16} stroke={1.9} aria-hidden="true" className="nc-icon" />
      <strong>{t('banner.asOf', { time })}</strong>
      <span className="nc-soft">{t('banner.age', { age })}</span>
      <span className="nc-asof-banner__note nc-cut">{note()}</span>
      <StepButtons at={at} span={span} onStep={(step) => lookAt(within(stepped(at, step), span))} />
      <Button
        size="compact-sm"
        className="nc-asof-banner__back"
        onClick={backToNow}
        rightSection={<Kbd keys="Escape" />}
      >
        {t('backToNow')}
      </Button>
    </div>
  )

  function note(): string {
    switch (asOf.kind) {
      case 'waiting':
        return t('banner.waiting')
      case 'preparing':
        return t('banner.preparing')
      case 'failed':
        return t('banner.failed')
      case 'ready':
        return asOf.unknown > 0
          ? t('banner.unknown', { count: asOf.unknown })
          : t('banner.readOnly')
    }
  }
}
