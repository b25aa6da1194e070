import { Button, Menu } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useQuery } from '../../client/hooks.ts'
import { queryOf, sharedOf } from './shared-view-model.ts'

/** Views of the list that everybody has; nothing where there is none. */
export const SharedViewsMenu = ({ onQuery }: { readonly onQuery: (query: string) => void }) => {
  const { t } = useTranslation('tickets-desk')
  const { value } = useQuery('tickets.views', {}, { on: ['tickets.changed'], everyMs: 5_000 })
  const views = sharedOf(value?.views ?? [])
  if (views.length === 0) return null
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconUsers size={15} stroke={1.7} aria-hidden="true" />}
        >
          {t('setup.views.title')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {views.map((view) => (
          <Menu.Item key={view.id} onClick={() => onQuery(queryOf(view))}>
            {view.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
