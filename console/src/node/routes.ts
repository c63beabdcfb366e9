import { Connection } from '@element-plus/icons-vue'
import type { RouteRecordRaw } from 'vue-router'
import { kSeeNodes } from './register'

export const routes: RouteRecordRaw[] = [
  {
    path: '/nodes',
    component: () => import('./NodesPage.vue'),
    meta: { title: 'node.title', rail: { icon: Connection, order: 80 }, go: 'n', roles: kSeeNodes },
  },
]
