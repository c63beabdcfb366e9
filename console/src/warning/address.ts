/** Addresses of warnings. An id holds a point, by which the node would take the page for a file when it is loaded anew. */
export const warningPath = (id: string) => `/warnings/${id.replace('.', '~')}`
export const warningId = (parameter: unknown) => String(parameter).replace('~', '.')
