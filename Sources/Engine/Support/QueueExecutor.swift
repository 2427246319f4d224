import Dispatch

/// Runs an actor on a serial Dispatch queue, so that its Dispatch sources may touch its state (`assumeIsolated`) without a hop.
///
/// `DispatchSerialQueue` does not exist on Linux; this is the same thing by hand.
final class QueueExecutor: SerialExecutor, @unchecked Sendable {
  // Safe: the only stored property is a queue, which is thread-safe and never replaced; swift-corelibs-libdispatch just does not say so.
  let queue: DispatchQueue

  init(label: String, qos: DispatchQoS = .userInitiated) { queue = DispatchQueue(label: label, qos: qos) }

  func enqueue(_ job: UnownedJob) {
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }

  func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

  func checkIsolated() { dispatchPrecondition(condition: .onQueue(queue)) }
}
