import { useTranslation } from 'react-i18next'

const tips = ['words', 'fragment', 'address', 'typo'] as const

/** What the search understands, for who has typed a question mark. */
export const PaletteTips = () => {
  const { t } = useTranslation('search')
  return (
    <ul className="nc-palette__tips nc-soft">
      {tips.map((tip) => (
        <li key={tip}>{t(`tip.${tip}`)}</li>
      ))}
    </ul>
  )
}
