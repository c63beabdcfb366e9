import type { RouteRecordRaw } from 'vue-router'
import { kWorking } from '@/account/roles'

export const routes: RouteRecordRaw[] = [
  {
    path: '/incidents/:id',
    name: 'incident',
    component: () => import('./IncidentWorkspace.vue'),
    meta: { title: 'incident.title', roles: [...kWorking] },
  },
]
