import { Button } from '@mantine/core'
import { IconMapPin } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { paths } from '../../app/paths.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ChooseOlt, type Placing } from './place-olt.tsx'

/** Nothing stands anywhere yet: two ways to change that. */
export const MapEmpty = ({ placing }: { readonly placing: Placing }) => {
  const { t } = useTranslation('map')
  return (
    <div className="mp-empty">
      <EmptyState
        icon={IconMapPin}
        title={t('empty.title')}
        text={t('empty.text')}
        action={
          <>
            <Button component={Link} href={paths.plant()}>
              {t('empty.plant')}
            </Button>
            <ChooseOlt placing={placing} />
          </>
        }
      />
    </div>
  )
}
