import { Button, FileButton } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Portrait } from '../access-accounts/portrait.tsx'
import { makeSmallPhoto } from './small-photo.ts'

export interface PhotoFieldProps {
  readonly name: string
  readonly photo: string | null
  readonly onPhoto: (photo: string | null) => void
}

/** A photo that is picked, made small in the page, and shown as it will be kept. */
export const PhotoField = ({ name, photo, onPhoto }: PhotoFieldProps) => {
  const { t } = useTranslation('access-people')
  const [bad, setBad] = useState(false)
  const pick = async (file: File | null): Promise<void> => {
    if (file === null) return
    const small = await makeSmallPhoto(file)
    setBad(small === null)
    if (small !== null) onPhoto(small)
  }
  return (
    <div className="ncp-photo">
      <Portrait name={name} photo={photo} large label={t('employee.photoOf', { name })} />
      <div className="ncp-photo__acts">
        <FileButton
          accept="image/jpeg,image/png,image/webp"
          inputProps={{ 'aria-label': t('employee.photo') }}
          onChange={(file) => void pick(file)}
        >
          {(props) => (
            <Button variant="default" {...props}>
              {t('employee.pick')}
            </Button>
          )}
        </FileButton>
        {photo !== null && (
          <Button variant="subtle" onClick={() => onPhoto(null)}>
            {t('employee.drop')}
          </Button>
        )}
        <span className="nc-small nc-soft" role="status">
          {t(bad ? 'employee.photoBad' : 'employee.photoHint')}
        </span>
      </div>
    </div>
  )
}
