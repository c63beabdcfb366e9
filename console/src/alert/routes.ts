import type { RouteRecordRaw } from 'vue-router'
import { kWorking } from '@/account/roles'

const meta = { roles: [...kWorking], under: '/warnings' }

export const routes: RouteRecordRaw[] = [
  { path: '/alerts', component: () => import('./AlertsPage.vue'), meta: { ...meta, title: 'alert.title', go: 'o' } },
  { path: '/alerts/:id', component: () => import('./AlertPage.vue'), meta: { ...meta, title: 'alert.one' } },
]
