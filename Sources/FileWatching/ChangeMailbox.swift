import Synchronization

/// Carries changes from a watcher, which must never wait, to one consumer, which may take its time.
///
/// Holds at most `limit` changes. Beyond that it forgets them all and remembers only that each root concerned needs a rescan, so
/// memory stays bounded and nothing is lost: the file system still knows. News about whole roots survives this.
///
///     for await changes in mailbox { … }      // everything that came since the last turn
public final class ChangeMailbox: AsyncSequence, Sendable {
  private struct State {
    var changes: [Change] = []
    var waiter: CheckedContinuation<[Change]?, Never>?
    var isFinished = false
    var collapses = 0
  }

  private let state = Mutex(State())
  private let limit: Int

  public init(limit: Int = 16_384) { self.limit = limit }

  /// How often the limit was passed.
  public var collapses: Int { state.withLock(\.collapses) }

  /// Never blocks.
  public func post(_ changes: [Change]) {
    let (waiter, delivery) = state.withLock { state -> (CheckedContinuation<[Change]?, Never>?, [Change]) in
      guard !state.isFinished, !changes.isEmpty else { return (nil, []) }
      state.changes.append(contentsOf: changes)
      if state.changes.count > limit {
        state.changes = Self.collapse(state.changes)
        state.collapses += 1
      }
      guard let waiter = state.waiter else { return (nil, []) }
      state.waiter = nil
      let delivery = state.changes
      state.changes = []
      return (waiter, delivery)
    }
    waiter?.resume(returning: delivery)
  }

  /// Ends the sequence after what is still in the mailbox.
  public func finish() {
    let waiter = state.withLock { state in
      state.isFinished = true
      defer { state.waiter = nil }
      return state.waiter
    }
    waiter?.resume(returning: nil)
  }

  /// What came since the last call, waiting for it if need be; `nil` after `finish` or when the task is cancelled.
  /// - Precondition: one caller at a time.
  public func next() async -> [Change]? {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let ready: [Change]?? = state.withLock { state in
          if !state.changes.isEmpty {
            defer { state.changes = [] }
            return .some(state.changes)
          }
          if state.isFinished || Task.isCancelled { return .some(nil) }
          precondition(state.waiter == nil, "a mailbox has one consumer")
          state.waiter = continuation
          return nil
        }
        if let ready { continuation.resume(returning: ready) }
      }
    } onCancel: {
      let waiter = state.withLock { state in
        defer { state.waiter = nil }
        return state.waiter
      }
      waiter?.resume(returning: nil)
    }
  }

  /// News about roots in order, then one rescan for each root that anything else was about.
  static func collapse(_ changes: [Change]) -> [Change] {
    var kept: [Change] = []
    var stale: Set<Int> = []
    for change in changes {
      switch change {
      case .rootLost, .rootFound, .uncovered, .covered: if kept.last != change { kept.append(change) }
      case .moved(let from, let to, _): stale.formUnion([from.root, to.root])
      case .changed, .gone, .directoryGone, .rescanNeeded: stale.insert(change.root)
      }
    }
    return kept + stale.sorted().map { .rescanNeeded(TreePath(root: $0, path: "")) }
  }

  public struct Iterator: AsyncIteratorProtocol {
    let mailbox: ChangeMailbox
    public func next() async -> [Change]? { await mailbox.next() }
  }

  public func makeAsyncIterator() -> Iterator { Iterator(mailbox: self) }
}
