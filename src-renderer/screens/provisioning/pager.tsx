import { ActionIcon } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../components/use-format.ts'

/** Rows a page of these lists holds. */
export const pageSize = 100

export interface PagerProps {
  readonly offset: number
  readonly total: number
  readonly onOffset: (offset: number) => void
}

/** The pages of a long list; nothing where one page holds it. */
export const Pager = ({ offset, total, onOffset }: PagerProps) => {
  const { t } = useTranslation('provisioning')
  const format = useFormat()
  if (total <= pageSize) return null
  return (
    <footer className="npv-pager">
      <ActionIcon
        aria-label={t('pager.previous')}
        disabled={offset === 0}
        onClick={() => onOffset(Math.max(0, offset - pageSize))}
      >
        <IconChevronLeft size={16} aria-hidden="true" />
      </ActionIcon>
      <span>
        {t('pager.page', {
          from: format.number(offset + 1),
          to: format.number(Math.min(total, offset + pageSize)),
          total: format.number(total),
        })}
      </span>
      <ActionIcon
        aria-label={t('pager.next')}
        disabled={offset + pageSize >= total}
        onClick={() => onOffset(offset + pageSize)}
      >
        <IconChevronRight size={16} aria-hidden="true" />
      </ActionIcon>
    </footer>
  )
}
