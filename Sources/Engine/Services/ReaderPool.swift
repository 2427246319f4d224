import Dispatch
import Synchronization

/// Runs reading jobs on as many threads as there are cores, in order of arrival. The intake bounds how many are handed over.
public final class ReaderPool: Sendable {
  public typealias Job = @Sendable () -> Void

  private struct State {
    var waiting: [Job] = []
    var head = 0
    var active = 0
    var isClosed = false
    var onIdle: [@Sendable () -> Void] = []
  }

  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "bellwether.readers", qos: .utility, attributes: .concurrent)
  private let width: Int

  /// - Parameter width: jobs at once.
  public init(width: Int) { self.width = max(1, width) }

  public func submit(_ job: @escaping Job) {
    let starts = state.withLock { state -> Bool in
      guard !state.isClosed else { return false }
      state.waiting.append(job)
      guard state.active < width else { return false }
      state.active += 1
      return true
    }
    if starts { queue.async { self.work() } }
  }

  /// How many jobs have not begun.
  public var waiting: Int { state.withLock { $0.waiting.count - $0.head } }

  /// Drops what waits, and calls back when what runs has ended.
  public func stop(_ done: @escaping @Sendable () -> Void) {
    let idle = state.withLock { state in
      state.isClosed = true
      state.waiting = []
      state.head = 0
      if state.active > 0 { state.onIdle.append(done) }
      return state.active == 0
    }
    if idle { done() }
  }

  private func work() {
    while true {
      let (job, callbacks) = state.withLock { state -> (Job?, [@Sendable () -> Void]) in
        if state.head < state.waiting.count {
          let job = state.waiting[state.head]
          state.head += 1
          if state.head > 64, state.head * 2 > state.waiting.count {
            state.waiting.removeFirst(state.head)
            state.head = 0
          }
          return (job, [])
        }
        state.waiting = []
        state.head = 0
        state.active -= 1
        guard state.active == 0 else { return (nil, []) }
        defer { state.onIdle = [] }
        return (nil, state.onIdle)
      }
      guard let job else {
        for callback in callbacks { callback() }
        return
      }
      job()
    }
  }
}
