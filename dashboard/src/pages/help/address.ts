/** The pages of people in need: a document of their own (help.html), and the emergency numbers whatever breaks. */
export const isHelpPage = (path: string): boolean => path === '/help' || path.startsWith('/help/')
