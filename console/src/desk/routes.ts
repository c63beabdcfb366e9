import { Monitor } from '@element-plus/icons-vue'
import type { RouteRecordRaw } from 'vue-router'
import { kWorking } from '@/account/roles'

export const routes: RouteRecordRaw[] = [
  {
    path: '/desk',
    name: 'desk',
    component: () => import('./DutyDesk.vue'),
    meta: { title: 'desk.title', rail: { icon: Monitor, order: 1 }, go: 'd', roles: [...kWorking] },
  },
]
