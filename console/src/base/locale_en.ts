import { mergeMessages, type Messages } from './locale'

export const messages = mergeMessages(
  import.meta.glob<Messages>(['/src/**/en.json', '!/src/interface/**'], { eager: true, import: 'default' }),
)
