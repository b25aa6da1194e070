import { Redirect } from 'wouter'
import { paths } from '../../../app/paths.ts'

export const RunsScreen = () => <Redirect to={paths.documents()} replace />
