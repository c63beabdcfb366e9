import { Warning } from '@element-plus/icons-vue'
import type { RouteRecordRaw } from 'vue-router'
import { kWorking } from '@/account/roles'

const meta = { roles: [...kWorking] }

export const routes: RouteRecordRaw[] = [
  {
    path: '/warnings',
    component: () => import('./WarningsPage.vue'),
    meta: { ...meta, title: 'warning.title', rail: { icon: Warning, order: 4 }, go: 'w' },
  },
  { path: '/warnings/templates', component: () => import('./TemplatesPage.vue'), meta: { ...meta, title: 'warning.templates.title' } },
  { path: '/warnings/new', component: () => import('./ComposePage.vue'), meta: { ...meta, title: 'warning.compose' } },
  { path: '/warnings/:id', component: () => import('./WarningPage.vue'), meta: { ...meta, title: 'warning.one' } },
  { path: '/warnings/:id/revise', component: () => import('./ComposePage.vue'), meta: { ...meta, title: 'warning.revise' } },
]
