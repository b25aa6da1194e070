import { useTranslation } from 'react-i18next'

/** What the marks mean; shape, sign and colour say the same. */
export const MapLegend = () => {
  const { t } = useTranslation('map')
  return (
    <ul className="mp-legend" aria-label={t('legend.title')}>
      <li>
        <span className="mp-key mp-key--olt" aria-hidden="true" />
        {t('kind.olt')}
      </li>
      <li>
        <span className="mp-key mp-key--node" aria-hidden="true" />
        {t('kind.node')}
      </li>
      <li>
        <span className="mp-key" aria-hidden="true" />
        {t('kind.onu')}
      </li>
      <li>
        <span className="mp-key mp-key--few" aria-hidden="true">
          ▼
        </span>
        {t('legend.few')}
      </li>
      <li>
        <span className="mp-key mp-key--down" aria-hidden="true" />
        {t('legend.down')}
      </li>
      <li>
        <span className="mp-key mp-key--all" aria-hidden="true">
          ▼
        </span>
        {t('legend.allDown')}
      </li>
      <li>
        <span className="mp-key mp-key--unknown" aria-hidden="true" />
        {t('legend.unknown')}
      </li>
    </ul>
  )
}
