import CLinuxShims
import Dispatch
import Synchronization

/// The thread that starts child processes, so that the kernel can end them with the daemon, however that ends.
///
/// What a child asks for by `PR_SET_PDEATHSIG` is told of the end of the *thread* that started it, and Dispatch's threads come and go. This one
/// ends with the process. It is made with the first child.
final class Spawner: Sendable {
  /// Nil where the process may have no more threads: children are started by whoever asks then, and may outlive a killed daemon.
  static let shared = Spawner()

  private let jobs = Mutex<[@Sendable () -> Void]>([])
  private let arrived = DispatchSemaphore(value: 0)

  private init?() {
    let held = Unmanaged.passRetained(self)
    let failure = linux_start_thread(
      { pointer in
        guard let pointer else { return nil }
        Unmanaged<Spawner>.fromOpaque(pointer).takeRetainedValue().work()
      }, held.toOpaque())
    guard failure == 0 else {
      held.release()
      return nil
    }
  }

  private func work() -> Never {
    while true {
      arrived.wait()
      jobs.withLock { $0.removeFirst() }()
    }
  }

  /// Runs the body on the thread and waits for its result.
  func run<Result: Sendable>(_ body: @escaping @Sendable () -> Result) -> Result {
    let (answer, done) = (Answer<Result>(), DispatchSemaphore(value: 0))
    jobs.withLock {
      $0.append {
        answer.value.withLock { $0 = body() }
        done.signal()
      }
    }
    arrived.signal()
    done.wait()
    guard let value = answer.value.withLock({ $0 }) else { preconditionFailure("the job signals after it has left its result") }
    return value
  }

  private final class Answer<Result: Sendable>: Sendable { let value = Mutex<Result?>(nil) }
}
