import Dispatch
import Synchronization

/// Pure work on all processors at once.
public enum Parallel {
  /// The results in the order of the elements, whatever order they are made in.
  public static func map<T: Sendable, R: Sendable>(_ elements: [T], _ transform: @Sendable (T) -> R) -> [R] {
    let results = Mutex<[R?]>(Array(repeating: nil, count: elements.count))
    DispatchQueue.concurrentPerform(iterations: elements.count) { index in
      let result = transform(elements[index])
      results.withLock { $0[index] = result }
    }
    return results.withLock { $0.compactMap { $0 } }
  }

  /// Two pieces of work at the same time, the second on the calling thread.
  public static func both<A: Sendable, B>(_ first: @escaping @Sendable () -> A, and second: () -> B) -> (A, B) {
    let result = Box<A>()
    let group = DispatchGroup()
    DispatchQueue.global().async(group: group) { result.value.withLock { $0 = first() } }
    let other = second()
    group.wait()
    // The group has left only once the value was stored.
    guard let value = result.value.withLock({ $0 }) else { preconditionFailure("work that was waited for left no result") }
    return (value, other)
  }

  private final class Box<Value: Sendable>: Sendable {
    let value = Mutex<Value?>(nil)
  }
}
