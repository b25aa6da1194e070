import { useTranslation } from 'react-i18next'
import { useSimulated } from '../../state/workspace.ts'
import { simulatedOwner } from './simulated-owner.ts'

/** Only on the simulated plant, which is thrown away: how to get in. */
export const SimulatedHint = ({ withName = false }: { readonly withName?: boolean }) => {
  const { t } = useTranslation('access')
  if (!useSimulated()) return null
  return (
    <p className="nc-small nc-soft">
      {t('simulated.hint')}
      <br />
      {withName && (
        <>
          {t('simulated.name')} <strong>{simulatedOwner.name}</strong>
          {' · '}
        </>
      )}
      {t('simulated.password')} <strong className="nc-mono">{simulatedOwner.password}</strong>
    </p>
  )
}
