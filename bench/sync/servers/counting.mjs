/** An HTTP server that knows what went over its sockets, headers and all. */
export function counting(server) {
  const sockets = new Set()
  server.on('connection', (socket) => sockets.add(socket))
  return () => {
    let sent = 0
    let received = 0
    for (const socket of sockets) {
      sent += socket.bytesRead // as the client sees it
      received += socket.bytesWritten
    }
    return { sent, received }
  }
}
