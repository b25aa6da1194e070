import { Button, Progress } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useQuery } from '../../../client/hooks.ts'
import { Awaiting } from '../../../components/awaiting.tsx'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { Money } from '../../../components/money.tsx'
import { useFormat } from '../../../components/use-format.ts'
import { act } from '../billing-acts.ts'

/** All that is certain, with its sums, before it is taken. */
export const TakeSureDialog = (props: {
  readonly accountId: string | null
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('billing-bank')
  const { value, failure, refresh } = useQuery(
    'billing.bankLines',
    {
      filter: {
        states: ['proposed'],
        direction: 'in',
        strength: 'certain',
        accountId: props.accountId,
      },
      limit: 1,
    },
    { on: ['billing.changed'] },
  )
  return (
    <FormDialog
      title={t('sure.title')}
      button={t('sure.take', { count: value?.total ?? 0 })}
      ready={(value?.total ?? 0) > 0}
      onClose={props.onClose}
      onSubmit={async () => {
        const out = await act(
          'billing.takeSureBankLines',
          {
            lineIds: [],
            accountId: props.accountId,
            count: value?.total ?? 0,
            sums: (value?.sums ?? []).map(({ currency, minor }) => ({ currency, minor })),
          },
          ({ total }) => ({ title: t('sure.begun', { count: total }) }),
        )
        return out !== undefined
      }}
    >
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={2} brief />
      ) : (
        <>
          <p>{t('sure.text')}</p>
          <table className="nbl-bill" aria-label={t('sure.title')}>
            <tbody>
              {value.sums.map(({ currency, count, minor }) => (
                <tr key={currency}>
                  <td>{t('sure.count', { count })}</td>
                  <td>
                    <Money minor={minor} currency={currency} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </FormDialog>
  )
}

/** While they are taken. */
export const TakingBar = (props: {
  readonly running: { readonly done: number; readonly total: number } | null
}) => {
  const { t } = useTranslation('billing-bank')
  const format = useFormat()
  const { running } = props
  if (running === null) return null
  return (
    <section className="nbk-taking" role="status">
      <span>
        {t('sure.running', {
          done: format.number(running.done),
          total: format.number(running.total),
        })}
      </span>
      <Progress
        value={(running.done / Math.max(1, running.total)) * 100}
        aria-label={t('sure.title')}
      />
      <Button
        variant="default"
        onClick={() =>
          void act('billing.cancelBankTaking', {}, () => ({ title: t('sure.cancelled') }))
        }
      >
        {t('sure.cancel')}
      </Button>
    </section>
  )
}
