/**
 * Bytes of a request's head. uWebSockets.js allows 4,096, too little for a session cookie beside an agency's own, and
 * reads the variable when it is loaded: import this file before anything that imports uWebSockets.js.
 * Larger heads, and more than about 100 headers, get 431 from uWebSockets.js itself.
 */
export const HEAD_BYTES_MAX = 16_384

process.env.UWS_HTTP_MAX_HEADERS_SIZE ??= String(HEAD_BYTES_MAX)
