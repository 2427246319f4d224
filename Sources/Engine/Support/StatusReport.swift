import Documents

/// What `status` says: one JSON object for machines, a few lines for people, one line for systemd.
public struct StatusReport: Sendable {
  /// "starting", "catching up", "ready", "degraded", "stopping".
  public var state: String
  public var folders: [String]
  public var documents: Int
  public var queued: Int
  public var failed: Int
  public var ignored = 0
  /// Notes that a missing program would turn into text, and what it says of one of them.
  public var unconverted = 0
  public var unconvertedReason: String?
  public var watches: Int
  public var drift: Int
  public var overflows: Int
  public var alertsOpen: Int
  public var owed: Int
  public var plugins: [(id: String, state: String)]
  public var nextDigestAt: String?
  public var lastDigest: String?
  public var troubles: [String]

  public var json: String {
    var json = JSONWriter()
    json.beginObject()
    json.member("schema", "bellwether.status/v1")
    json.member("state", state)
    json.member("documents", documents)
    json.member("queued", queued)
    json.member("failed", failed)
    json.member("ignored", ignored)
    json.member("unconverted", unconverted)
    json.member("watches", watches)
    json.member("drift", drift)
    json.member("overflows", overflows)
    json.member("alerts_open", alertsOpen)
    json.member("deliveries_owed", owed)
    json.key("plugins")
    json.beginArray()
    for plugin in plugins {
      json.beginObject()
      json.member("id", plugin.id)
      json.member("state", plugin.state)
      json.endObject()
    }
    json.endArray()
    json.member("next_digest_at", nextDigestAt)
    json.member("last_digest", lastDigest)
    json.member("folders", folders)
    json.member("troubles", troubles)
    json.endObject()
    return json.text
  }

  /// «Watching 1234 notes in /srv/notes; 3 alerts open; last digest 2026-11-22»
  public var line: String {
    if let trouble = troubles.first { return "Degraded: \(trouble)" }
    let place = folders.count == 1 ? folders[0] : "\(folders.count) folders"
    let work = queued > 0 ? "; \(queued) waiting" : ""
    let digest = lastDigest.map { "; last digest \($0)" } ?? ""
    let alerts = alertsOpen == 1 ? "1 alert open" : "\(alertsOpen) alerts open"
    return "\(state == "ready" ? "Watching" : "Catching up:") \(documents) notes in \(place)\(work); \(alerts)\(digest)"
  }

  /// For a person at a terminal.
  public var words: String {
    var lines = ["\(state): \(line)"]
    lines += troubles.map { "  trouble: \($0)" }
    if failed > 0 { lines.append("  \(failed) notes could not be read; the digest and `bellwether events` name them") }
    if unconverted > 0 {
      lines.append("  \(unconverted) \(unconverted == 1 ? "note waits" : "notes wait") for a converter; \(unconvertedReason ?? "")")
    }
    if owed > 0 { lines.append("  \(owed) deliveries are owed") }
    if drift > 0 { lines.append("  \(drift) \(drift == 1 ? "change was" : "changes were") missed by file events and found by looking") }
    for plugin in plugins where plugin.state != "ready" { lines.append("  plugin \(plugin.id): \(plugin.state)") }
    if let nextDigestAt { lines.append("  next digest at \(nextDigestAt)") }
    return lines.joined(separator: "\n")
  }
}
