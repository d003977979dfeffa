/**
 * The version of the protocol, apart from the schemas so that a browser can import it without them.
 * Raise it with a line in PROTOCOL.md whenever a schema of messages.ts changes; a test pins the schemas’ hash to it.
 */
export const PROTOCOL_VERSION = 9
/** What a client speaks that does not say it: the first version. */
export const VERSION_UNSAID = 1
