import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/login', name: 'login', component: () => import('./SignIn.vue'), meta: { open: true, title: 'session.title' } },
]
