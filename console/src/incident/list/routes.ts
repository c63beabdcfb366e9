import { List } from '@element-plus/icons-vue'
import type { RouteRecordRaw } from 'vue-router'
import { kWorking } from '@/account/roles'

export const routes: RouteRecordRaw[] = [
  {
    path: '/incidents',
    component: () => import('./IncidentsPage.vue'),
    meta: { title: 'incident.list.title', rail: { icon: List, order: 2 }, go: 'i', roles: [...kWorking] },
  },
]
