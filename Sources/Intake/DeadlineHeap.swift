/// Keys by the instant at which they are due, the earliest first. A key that was put off meanwhile is for its owner to put back.
struct DeadlineHeap<Key> {
  private var items: [(instant: UInt64, key: Key)] = []

  var first: UInt64? { items.first?.instant }
  var count: Int { items.count }

  mutating func insert(_ key: Key, at instant: UInt64) {
    items.append((instant, key))
    var child = items.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard items[child].instant < items[parent].instant else { return }
      items.swapAt(child, parent)
      child = parent
    }
  }

  mutating func popFirst(dueAt now: UInt64) -> (instant: UInt64, key: Key)? {
    guard let first = items.first, first.instant <= now else { return nil }
    items.swapAt(0, items.count - 1)
    items.removeLast()
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < items.count && items[child].instant < items[least].instant {
        least = child
      }
      if least == parent { return first }
      items.swapAt(parent, least)
      parent = least
    }
  }
}
