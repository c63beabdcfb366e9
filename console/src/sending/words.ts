import { useI18n } from 'vue-i18n'

/** A channel whose kind is its name is called by the kind's word; any other as the node calls it. */
export function useChannelName() {
  const { t, te } = useI18n()
  return (name: string) => (te(`warning.channel.${name}`) ? t(`warning.channel.${name}`) : name)
}
