import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/incidents/:id',
    name: 'incident',
    component: () => import('./IncidentWorkspace.vue'),
    meta: { title: 'incident.title' },
  },
]
