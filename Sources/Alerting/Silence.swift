/// A person's wish to hear nothing of certain alerts for a while: who, why, until when.
public struct Silence: Sendable, Hashable {
  public var id: Int64
  public var matchers: [Matcher]
  public var author: String
  public var comment: String
  /// Milliseconds since 1970, the end not included.
  public var startsAt: Int64
  public var endsAt: Int64

  public init(id: Int64, matchers: [Matcher], author: String, comment: String, startsAt: Int64, endsAt: Int64) {
    self.id = id
    self.matchers = matchers
    self.author = author
    self.comment = comment
    self.startsAt = startsAt
    self.endsAt = endsAt
  }

  public enum State: String, Sendable { case pending, active, expired }

  public func state(at now: Int64) -> State { now < startsAt ? .pending : now < endsAt ? .active : .expired }

  public func covers(_ labels: AlertLabels, at now: Int64) -> Bool { state(at: now) == .active && matchers.match(labels) }
}

/// While an alert that `source` matches is open, those that `target` matches and that agree with it in `equal` are not told.
public struct Inhibition: Sendable, Hashable {
  public var source: [Matcher]
  public var target: [Matcher]
  public var equal: [String]

  public init(source: [Matcher], target: [Matcher], equal: [String]) {
    self.source = source
    self.target = target
    self.equal = equal
  }

  /// An alert never inhibits itself, nor one that would inhibit it in turn by the same rule.
  public func inhibits(_ target: AlertLabels, by source: AlertLabels) -> Bool {
    guard target["id"] != source["id"], self.target.match(target), self.source.match(source), !self.source.match(target) else {
      return false
    }
    return equal.allSatisfy { target[$0, default: ""] == source[$0, default: ""] }
  }
}
