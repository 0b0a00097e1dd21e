// @ts-check
/**
 * SHA-256 of bytes, in hex.
 * @param {BufferSource} bytes
 * @returns {Promise<string>}
 */
export async function shaOf(bytes) {
  const digest = await crypto.subtle.digest('SHA-256', bytes)
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
