import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

/** Its name is all that is asked here: the rest is its first start. False: refused. */
export const NewWorkspace = ({ onAdd }: { readonly onAdd: (name: string) => Promise<boolean> }) => {
  const { t } = useTranslation('workspaces')
  const [name, setName] = useState('')
  const [busy, setBusy] = useState(false)
  const add = async (): Promise<void> => {
    if (name.trim() === '' || busy) return
    setBusy(true)
    if (await onAdd(name.trim())) setName('')
    setBusy(false)
  }
  return (
    <form
      className="nc-workspaces__new"
      onSubmit={(event) => {
        event.preventDefault()
        void add()
      }}
    >
      <TextInput
        label={t('new.name')}
        description={t('new.hint')}
        value={name}
        maxLength={80}
        autoComplete="off"
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={busy} disabled={name.trim() === ''}>
        {t('new.add')}
      </Button>
    </form>
  )
}
