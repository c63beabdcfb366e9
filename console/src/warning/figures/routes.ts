import type { RouteRecordRaw } from 'vue-router'
import { kWorking } from '@/account/roles'

export const routes: RouteRecordRaw[] = [
  { path: '/warnings/figures', component: () => import('./FiguresPage.vue'), meta: { roles: [...kWorking], title: 'warning.figures.title' } },
]
