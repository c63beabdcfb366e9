import { Setting } from '@element-plus/icons-vue'
import type { RouteRecordRaw } from 'vue-router'
import { kAdministrators } from '@/account/roles'

export const routes: RouteRecordRaw[] = [
  {
    path: '/admin',
    component: () => import('./AdministrationPage.vue'),
    meta: { title: 'administration.rail', rail: { icon: Setting, order: 90 }, go: 'a', roles: [...kAdministrators] },
    children: [
      { path: 'organisations', component: () => import('@/organisation/OrganisationsPage.vue') },
      { path: 'people', component: () => import('@/organisation/PeoplePage.vue') },
      { path: 'accounts', component: () => import('@/account/AccountsPage.vue') },
      { path: 'keys', component: () => import('@/account/KeysPage.vue') },
      { path: 'erase', component: () => import('@/audit/ErasePage.vue') },
      { path: 'audit', component: () => import('@/audit/AuditPage.vue') },
    ].map((child) => ({ ...child, meta: { title: 'administration.title' } })),
  },
]
