/**
 * A client that connects with `z=1` gets frames from this size on as binary WebSocket messages: the JSON text in raw
 * deflate (RFC 1951), compressed once for all readers. Below it the saving is less than the reader's work.
 */
export const DEFLATE_FROM_BYTES = 1024
