import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { whenUnauthorised } from './base/api'
import { listenToKeys } from './base/keys'
import { i18n, kLocaleAtStart, setLocale } from './base/locale'
import { router } from './base/router'
import { useSession } from './session/store'
import './base/theme.css'

await setLocale(kLocaleAtStart)
const app = createApp(App).use(createPinia()).use(i18n).use(router)
whenUnauthorised(() => {
  useSession().forget()
  const here = router.currentRoute.value
  if (!here.meta.open) void router.push({ path: '/login', query: { ...here.query, to: here.fullPath } })
})
listenToKeys()
app.mount('#app')
