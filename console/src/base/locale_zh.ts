import { mergeMessages, type Messages } from './locale'

export const messages = mergeMessages(
  import.meta.glob<Messages>('/src/**/zh-CN.json', { eager: true, import: 'default' }),
)
