import '@mantine/core/styles.layer.css'
import '@fontsource-variable/inter/wght.css'
import '@fontsource/jetbrains-mono/latin-400.css'
import '@fontsource/jetbrains-mono/latin-600.css'
import './app/tokens.css'
import './app/global.css'
import { startConsole } from './app/start.tsx'
import { installTrustedTypesPolicy } from './app/trusted-types.ts'

installTrustedTypesPolicy()
void startConsole(document.getElementById('root')!)
