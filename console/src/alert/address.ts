/** Addresses of alerts of others; the point in an id stands as in those of warnings. */
import { warningId, warningPath } from '@/warning/address'

export const alertPath = (id: string) => warningPath(id).replace('/warnings/', '/alerts/')
export const alertId = (parameter: unknown) => warningId(parameter)
/** Of the stream of a fact; null: of something else. */
export const alertOf = (stream: string) => (stream.startsWith('alert/') ? stream.slice('alert/'.length) : null)
