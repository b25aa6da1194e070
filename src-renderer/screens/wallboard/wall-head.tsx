import { IconAlertOctagon, IconPlayerPause } from '@tabler/icons-react'
import { useCallback, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useTicking } from '../../components/clock.ts'
import { useFormat } from '../../components/use-format.ts'
import type { WallPage } from './wallboard-model.ts'

export interface WallHeadProps {
  readonly pages: readonly WallPage[]
  readonly page: WallPage
  readonly held: boolean
  readonly paused: boolean
  readonly turn: number
  readonly everyS: number
  readonly onPage: (page: WallPage) => void
  /** Stands before the pages. */
  readonly children: ReactNode
}

/** Which page this is, how long it stays, and the time. */
export const WallHead = (props: WallHeadProps) => {
  const { pages, page, held, paused, turn, everyS, onPage, children } = props
  const { t } = useTranslation('wallboard')
  return (
    <header className="nw-head">
      <h2>{t(`page.${page}`)}</h2>
      {held ? (
        <span className="nw-held">
          <IconAlertOctagon aria-hidden="true" /> {t('held')}
        </span>
      ) : null}
      {paused ? (
        <span className="nw-held" data-paused="">
          <IconPlayerPause aria-hidden="true" /> {t('paused')}
        </span>
      ) : null}
      {children}
      <nav className="nw-dots" aria-label={t('pages')}>
        {pages.map((each, index) => (
          <button
            key={each}
            type="button"
            className="nw-dot"
            aria-current={each === page ? 'page' : undefined}
            aria-label={t('position', {
              page: t(`page.${each}`),
              number: index + 1,
              total: pages.length,
            })}
            onClick={() => onPage(each)}
          >
            {each === page ? (
              <span
                key={turn}
                className="nw-dot__part"
                data-paused={paused ? '' : undefined}
                style={{ animationDuration: `${everyS}s` }}
              />
            ) : null}
          </button>
        ))}
      </nav>
      <WallClock />
    </header>
  )
}

const WallClock = () => {
  const format = useFormat()
  const time = useTicking(useCallback((now: number) => format.instant(now, 'minute'), [format]))
  const day = useTicking(useCallback((now: number) => format.instant(now, 'day'), [format]))
  return (
    <div className="nw-clock">
      <span className="nw-clock__day">{day}</span>
      <time>{time}</time>
    </div>
  )
}
