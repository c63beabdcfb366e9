import { DataBoard } from '@element-plus/icons-vue'
import type { RouteRecordRaw } from 'vue-router'
import { kWorking } from '@/account/roles'

export const routes: RouteRecordRaw[] = [
  {
    path: '/wall',
    component: () => import('./WallPage.vue'),
    meta: { title: 'wall.title', rail: { icon: DataBoard, order: 60 }, go: 'l', roles: [...kWorking], bare: true },
  },
]
