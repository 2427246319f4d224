import CSpawn
import Glibc

/// Ends every wait for a child, for good: raised once, from any thread, when the plugin is to stop.
final class Interrupt: Sendable {
  /// Readable once raised; for poll(2). -1 where there was no descriptor left, and waits then last until their deadlines.
  let descriptor: Int32
  private let writer: Int32

  init() {
    var ends: [Int32] = [-1, -1]
    _ = spawn_pipe(&ends)
    descriptor = ends[0]
    writer = ends[1]
  }

  deinit { for end in [descriptor, writer] where end >= 0 { close(end) } }

  func raise() {
    var byte: UInt8 = 1
    // A pipe holds more than a few bytes, and one is enough.
    if writer >= 0 { _ = write(writer, &byte, 1) }
  }

  var isRaised: Bool {
    var polls = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&polls, 1, 0) > 0
  }
}
