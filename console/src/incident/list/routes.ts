import { List } from '@element-plus/icons-vue'
import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/incidents',
    component: () => import('./IncidentsPage.vue'),
    meta: { title: 'incident.list.title', rail: { icon: List, order: 2 }, go: 'i' },
  },
]
