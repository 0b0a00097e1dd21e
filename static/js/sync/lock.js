// @ts-check
/** Held by the one tab that sends, and to sign in or out: nobody's work is ever sent under another's name. */
export const SYNC_LOCK = 'walkapp-sync'
