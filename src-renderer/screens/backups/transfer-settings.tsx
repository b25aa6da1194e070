import { Button, Radio, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { makeTransfer } from '../../app/transfer.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { SecretField } from '../../components/secret-field.tsx'
import { StrengthMeter } from '../../components/strength-meter.tsx'
import { useStrength } from '../../components/use-strength.ts'
import { Setting } from '../settings/setting.tsx'

const acts = ['move', 'copy'] as const
const ways = ['passphrase', 'key'] as const
const shortest = 12

/** One file that carries the workspace to another machine. */
export const TransferSettings = () => {
  const { t } = useTranslation('transfer')
  const [asking, setAsking] = useState(false)
  return (
    <section className="nc-panel" aria-label={t('title')}>
      <header className="nc-panel__head">
        <h2>{t('title')}</h2>
      </header>
      <Setting label={t('label')} hint={t('hint')}>
        <Button variant="default" onClick={() => setAsking(true)}>
          {t('make')}
        </Button>
      </Setting>
      {asking && <TransferDialog onClose={() => setAsking(false)} />}
    </section>
  )
}

const TransferDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation('transfer')
  const [act, setAct] = useState<(typeof acts)[number]>('move')
  const [way, setWay] = useState<(typeof ways)[number]>('passphrase')
  const [folder, setFolder] = useState('')
  const [first, setFirst] = useState('')
  const [second, setSecond] = useState('')
  const strength = useStrength(first)
  const byPassphrase = way === 'passphrase'
  const isLong = Array.from(first).length >= shortest
  const isGood = isLong && first === second && strength.verdict?.acceptable !== false
  return (
    <FormDialog
      title={t('title')}
      button={t('go')}
      size="lg"
      ready={folder.trim() !== '' && (!byPassphrase || isGood)}
      onClose={onClose}
      onSubmit={() => makeTransfer({ act, folder, passphrase: byPassphrase ? first : null })}
    >
      <Radio.Group
        label={t('act.title')}
        value={act}
        onChange={(next) => setAct(acts.find((each) => each === next) ?? 'move')}
      >
        <Stack gap="xs" mt="xs">
          {acts.map((each) => (
            <Radio
              key={each}
              value={each}
              label={t(`act.${each}`)}
              description={t(`act.${each}Hint`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      <TextInput
        label={t('folder')}
        description={t('folderHint')}
        value={folder}
        maxLength={1000}
        autoComplete="off"
        onChange={(event) => setFolder(event.currentTarget.value)}
        data-autofocus
      />
      <Radio.Group
        label={t('way.title')}
        value={way}
        onChange={(next) => setWay(ways.find((each) => each === next) ?? 'passphrase')}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="passphrase" label={t('way.passphrase')} />
          <Radio value="key" label={t('way.key')} description={t('way.keyHint')} />
        </Stack>
      </Radio.Group>
      {byPassphrase && (
        <>
          <div>
            <SecretField
              label={t('passphrase')}
              value={first}
              autoComplete="new-password"
              onChange={(event) => setFirst(event.currentTarget.value)}
            />
            <StrengthMeter password={first} strength={strength} />
          </div>
          <SecretField
            label={t('again')}
            value={second}
            autoComplete="new-password"
            error={second !== '' && first !== second ? t('differs') : undefined}
            onChange={(event) => setSecond(event.currentTarget.value)}
          />
        </>
      )}
    </FormDialog>
  )
}
