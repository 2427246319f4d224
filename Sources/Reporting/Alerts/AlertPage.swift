import Analysis
import Documents

/// An alert with its life so far and the facts behind it: what one alert file says.
public struct AlertPage: Sendable, Hashable {
  public enum State: String, Sendable, CaseIterable { case new, open, acknowledged, resolved, withdrawn, baseline }

  /// One change in the alert's life.
  public struct HistoryLine: Sendable, Hashable {
    /// RFC 3339, in the configured zone.
    public var at: String
    public var state: State
    /// "severity raised from warning to critical", "the note was deleted"; may quote what a person wrote.
    public var reason: String?

    public init(at: String, state: State, reason: String? = nil) {
      self.at = at
      self.state = state
      self.reason = reason
    }
  }

  public var alert: Alert
  public var state: State
  /// RFC 3339 instants, in the configured zone.
  public var raisedAt: String
  public var changedAt: String
  /// Oldest first.
  public var history: [HistoryLine]
  /// The facts the alert rests on.
  public var facts: [FactRecord]
  /// Why it matters, where the rule says so; else the category's own words are used.
  public var why: String?
  /// Independent sources, where the source analyzer counted them.
  public var independentSources: Int?

  public init(
    alert: Alert, state: State, raisedAt: String, changedAt: String, history: [HistoryLine] = [], facts: [FactRecord] = [],
    why: String? = nil, independentSources: Int? = nil
  ) {
    self.alert = alert
    self.state = state
    self.raisedAt = raisedAt
    self.changedAt = changedAt
    self.history = history
    self.facts = facts
    self.why = why
    self.independentSources = independentSources
  }

  /// `2025-07-23-northwind-labs-key-departure-1a2b3c4d`: the day it was first raised, who and what it is about, and the fingerprint's
  /// first digits. It stays the same for the alert's whole life, as none of these changes.
  public var fileStem: String {
    let day = CalendarDate(iso8601: raisedAt.prefix(10))?.description ?? "undated"
    let slug = Slug.text("\(alert.subject.id) \(alert.category)", limit: 60)
    return "\(day)-\(slug)-\(Slug.text(String(alert.fingerprint.prefix(8)), limit: 8))"
  }

  /// Where it is told in full. What the first scan found has no page of its own until something new comes, and stands in the list.
  var link: PageLink {
    state == .baseline
      ? PageLink(folder: "", name: SitePage.alerts.rawValue, anchor: DigestWording.anchor(alert))
      : PageLink(folder: OutputLayout.alerts, name: fileStem)
  }

  var sureness: Sureness { Sureness(facts, independentSources: independentSources) }
}

/// Parts of file names and anchors: lower-case ASCII letters, digits and single hyphens.
enum Slug {
  /// The id itself where it is such a text, else the text and a hash, so that different ids never share a name.
  static func identity(_ id: String) -> String {
    let slug = text(id)
    return slug == id ? slug : "\(slug)-\(StableHash.hex(of: id).prefix(8))"
  }

  /// Text without a single such character, as names in other scripts are, is told apart by its hash.
  static func text(_ text: String, limit: Int = 80) -> String {
    var out: [UInt8] = []
    for byte in text.lowercased().utf8 {
      switch byte {
      case 0x30...0x39, 0x61...0x7A: out.append(byte)
      default: if let last = out.last, last != 0x2D { out.append(0x2D) }
      }
      if out.count == limit { break }
    }
    while out.last == 0x2D { out.removeLast() }
    return out.isEmpty ? "x" + StableHash.hex(of: text).prefix(8) : String(decoding: out, as: UTF8.self)
  }
}
