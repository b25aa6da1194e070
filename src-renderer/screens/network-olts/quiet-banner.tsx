import { Button, Menu } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useTicking } from '../../components/clock.ts'
import { formatDuration } from '../../components/format.ts'
import { useFormat } from '../../components/use-format.ts'
import { readAgain } from './quiet-actions.ts'
import { QuietItems, type QuietProps } from './quiet-menu.tsx'
import './quiet.css'

/** Stands as long as the OLT is left alone: since when, until when, and what that means. */
export const QuietBanner = ({ olt, onChange }: QuietProps) => {
  const { t } = useTranslation('care')
  const format = useFormat()
  const until = olt.quiet?.until ?? null
  const left = useTicking(
    useCallback(
      (now: number) =>
        // Whole minutes: the last one is counted in seconds.
        until === null
          ? ''
          : formatDuration(
              until - now > 60_000
                ? Math.ceil((until - now) / 60_000) * 60
                : Math.max(0, (until - now) / 1000),
              format.locale,
            ),
      [until, format],
    ),
  )
  if (olt.quiet === null) return null
  const since = format.instant(olt.quiet.since, 'minute')
  return (
    <section className="no-quiet-banner" role="status" aria-label={t('quiet.bannerTitle')}>
      <IconPlayerPause size={18} stroke={1.8} aria-hidden="true" className="nc-icon" />
      <div className="no-quiet-banner__text">
        <p>
          <strong>{t('quiet.bannerTitle')}</strong>{' '}
          <span aria-live="off">
            {until === null
              ? t('quiet.bannerOpen', { since })
              : t('quiet.bannerUntil', { since, until: format.instant(until, 'minute'), left })}
          </span>
        </p>
        <p className="nc-soft">{t('quiet.bannerText')}</p>
      </div>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default">{t('quiet.longer')}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <QuietItems olt={olt} onChange={onChange} />
        </Menu.Dropdown>
      </Menu>
      <Button
        variant="default"
        leftSection={<IconPlayerPlay size={14} aria-hidden="true" />}
        onClick={() => void readAgain(olt, onChange)}
      >
        {t('quiet.end')}
      </Button>
    </section>
  )
}
