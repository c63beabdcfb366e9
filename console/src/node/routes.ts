import { Connection } from '@element-plus/icons-vue'
import type { RouteRecordRaw } from 'vue-router'
import { kRoles } from '@/account/roles'

export const routes: RouteRecordRaw[] = [
  {
    path: '/nodes',
    component: () => import('./NodesPage.vue'),
    meta: { title: 'node.title', rail: { icon: Connection, order: 80 }, go: 'n', roles: kRoles.filter((role) => role !== 'liaison') },
  },
]
