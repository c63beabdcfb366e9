import { Monitor } from '@element-plus/icons-vue'
import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/desk',
    name: 'desk',
    component: () => import('./DutyDesk.vue'),
    meta: { title: 'desk.title', rail: { icon: Monitor, order: 1 }, go: 'd' },
  },
]
