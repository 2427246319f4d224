import Dispatch
import Synchronization

/// Runs reading jobs on as many threads as there are cores, in order of arrival. The intake bounds how many are handed over; here the bytes of
/// what is being read and of what is read and not yet recorded are bounded.
public final class ReaderPool: Sendable {
  public typealias Job = @Sendable () -> Void

  private struct State {
    var waiting: [(job: Job, weight: Int)] = []
    var head = 0
    var active = 0
    /// Of the jobs that have begun and were not released.
    var inFlight = 0
    var budget: Int
    var isClosed = false
    var onIdle: [@Sendable () -> Void] = []
  }

  private let state: Mutex<State>
  private let queue = DispatchQueue(label: "bellwether.readers", qos: .utility, attributes: .concurrent)
  private let width: Int

  /// - Parameters:
  ///   - width: jobs at once.
  ///   - budget: the weight in flight above which no further job begins, in bytes of notes.
  public init(width: Int, budget: Int = .max) {
    self.width = max(1, width)
    state = Mutex(State(budget: budget))
  }

  public var budget: Int {
    get { state.withLock { $0.budget } }
    set { state.withLock { $0.budget = newValue } }
  }

  /// - Parameter weight: counts as in flight from the job's beginning until `release`.
  public func submit(weight: Int = 0, _ job: @escaping Job) {
    startIfPossible { state in
      guard !state.isClosed else { return false }
      state.waiting.append((job, weight))
      return true
    }
  }

  /// What a job brought has been recorded, or came to nothing.
  public func release(weight: Int) {
    startIfPossible { state in
      state.inFlight -= weight
      return state.head < state.waiting.count
    }
  }

  private func startIfPossible(_ change: (inout State) -> Bool) {
    let starts = state.withLock { state -> Bool in
      guard change(&state), state.active < width, ReaderPool.mayBegin(state) else { return false }
      state.active += 1
      return true
    }
    if starts { queue.async { self.work() } }
  }

  /// One that is larger than the budget has it for itself.
  private static func mayBegin(_ state: State) -> Bool {
    guard state.head < state.waiting.count else { return false }
    return state.inFlight == 0 || state.waiting[state.head].weight <= state.budget - state.inFlight
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
        if ReaderPool.mayBegin(state) {
          let (job, weight) = state.waiting[state.head]
          state.inFlight += weight
          state.head += 1
          if state.head > 64, state.head * 2 > state.waiting.count {
            state.waiting.removeFirst(state.head)
            state.head = 0
          }
          return (job, [])
        }
        if state.head == state.waiting.count {
          state.waiting = []
          state.head = 0
        }
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
