import { Redirect } from 'wouter'
import { paths } from '../../../app/paths.ts'

export const RunScreen = ({ runId }: { readonly runId: string }) => (
  <Redirect to={paths.documents(`run=${runId}`)} replace />
)
