import { Redirect } from 'wouter'
import { paths } from '../../../app/paths.ts'

export const SellerScreen = () => <Redirect to={paths.taxes()} replace />
