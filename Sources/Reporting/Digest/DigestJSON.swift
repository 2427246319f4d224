import Analysis
import Documents

/// The digest as one JSON object, `bellwether.digest/v1`: complete, uncapped, every text exact.
enum DigestJSON {
  static func render(_ digest: Digest, limits: DigestLimits) -> [UInt8] {
    var json = JSONWriter(reserving: 16_384)
    json.object { json in
      json.member("schema", "bellwether.digest/v1")
      json.member("date", digest.date.description)
      json.object("period") { json in
        json.member("start_at", digest.periodStart)
        json.member("end_at", digest.periodEnd)
        json.member("zone", digest.zone)
      }
      json.member("as_of", digest.asOf.description)
      json.member("first_reading", digest.isFirstReading)
      writeHeadline(digest, limits, &json)
      let stories = AlertStory.all(of: digest.alerts)
      let leads = Dictionary(
        stories.flatMap { story in story.all.map { ($0.page.alert.id, story.lead.page.alert.id) } }, uniquingKeysWith: { a, _ in a })
      json.array("alerts", DigestOrder.sorted(digest.alerts)) { $0.digestAlert($1, story: leads[$1.page.alert.id]) }
      json.array("scorecard", Scorecard.all(of: digest)) { $0.scorecard($1) }
      json.array("facts", FactOrder.sortedByTime(digest.facts)) { $0.record($1) }
      json.array("contradictions", DigestOrder.sorted(digest.contradictions)) { $0.contradiction($1) }
      json.array("commitments", digest.commitments.sorted(by: DigestOrder.commitments)) { $0.commitment($1) }
      writeWatch(digest, &json)
      writeSources(digest, &json)
      writeHealth(digest.health, &json)
    }
    json.newline()
    return json.bytes
  }

  private static func writeHeadline(_ digest: Digest, _ limits: DigestLimits, _ json: inout JSONWriter) {
    let lines = DigestHeadline.lines(digest, limit: limits.headline)
    json.member("nothing_new", lines.isEmpty)
    json.array("headline", lines) { json, line in
      json.object { json in
        json.member("label", line.badge?.label)
        json.member("text", line.text)
        json.array("evidence", line.evidence) { $0.evidence($1) }
      }
    }
  }

  private static func writeWatch(_ digest: Digest, _ json: inout JSONWriter) {
    let items = DigestWatch.items(digest)
    json.array("watch", items) { json, item in
      json.object { json in
        json.member("subject", item.subject.name)
        json.member("text", item.text)
        json.member("when", item.when)
        json.array("evidence", item.evidence) { $0.evidence($1) }
      }
    }
  }

  private static func writeSources(_ digest: Digest, _ json: inout JSONWriter) {
    json.array("sources", digest.sources.sorted { $0.path < $1.path }) { json, note in
      json.object { json in
        json.member("path", note.path)
        json.member("title", note.title)
        json.member("publisher", note.publisher)
        json.member("published", note.published)
        json.member("facts", note.facts)
        json.member("address", note.address)
      }
    }
    json.array("duplicates", digest.duplicates.sorted { ($0.path, $0.of) < ($1.path, $1.of) }) { json, item in
      json.object { json in
        json.member("path", item.path)
        json.member("of", item.of)
        json.member("similarity", item.similarity)
      }
    }
    for (name, list) in [("promotion", digest.promotion), ("not_analysed", digest.notAnalysed), ("failures", digest.failures)] {
      json.array(name, list.sorted(by: DigestOrder.setAside)) { json, item in
        json.object { json in
          json.member("path", item.path)
          json.member("reason", item.reason)
          if let place = item.evidence { json.array("evidence", [place]) { $0.evidence($1) } }
        }
      }
    }
  }

  private static func writeHealth(_ health: DigestHealth, _ json: inout JSONWriter) {
    json.object("health") { json in
      json.array("plugins", health.plugins.sorted { $0.id < $1.id }) { json, plugin in
        json.object { json in
          json.member("id", plugin.id)
          json.member("state", plugin.state)
          json.member("detail", plugin.detail)
          json.member("healthy", plugin.isHealthy)
        }
      }
      json.member("drift", health.drift)
      json.member("queued", health.queued)
      json.member("documents", health.documents)
      json.member("remarks", health.remarks.sorted())
    }
  }
}

extension JSONWriter {
  fileprivate mutating func digestAlert(_ item: DigestAlert, story: String?) {
    let alert = item.page.alert
    object { json in
      json.member("id", alert.id)
      json.member("change", item.change.rawValue)
      json.member("story", story)
      json.member("state", item.page.state.rawValue)
      json.member("severity", alert.severity.rawValue)
      json.member("previous_severity", item.previousSeverity?.rawValue)
      json.member("category", alert.category)
      json.member("subject", alert.subject.name)
      json.member("title", alert.title)
      json.member("reason", item.reason)
      json.member("plugin", alert.plugin)
      json.member("rule", alert.rule)
      json.member("raised_at", item.page.raisedAt)
      json.member("changed_at", item.page.changedAt)
      if item.page.state != .baseline { json.member("page", "\(OutputLayout.alerts)/\(item.page.fileStem).md") }
      json.member("facts", alert.facts)
      json.array("evidence", alert.evidence) { $0.evidence($1) }
    }
  }

  fileprivate mutating func scorecard(_ card: Scorecard) {
    object { json in
      json.member("subject", card.subject.name)
      json.member("setbacks", card.setbacks)
      json.member("gains", card.gains)
      json.member("neutral", card.neutral)
      json.array("kinds", card.kinds) { json, kind in
        json.object { json in
          json.member("kind", kind.kind)
          json.member("count", kind.count)
          json.member("before", kind.before)
        }
      }
    }
  }

  fileprivate mutating func record(_ record: FactRecord) {
    let fact = record.fact
    object { json in
      json.member("id", fact.id)
      json.member("path", record.path)
      json.member("converted", record.isConverted)
      json.member("kind", fact.kind)
      json.member("subject", fact.subject.map(\.name))
      json.member("object", fact.object.map(\.name))
      json.member("value", fact.value)
      json.member("when", fact.when)
      json.member("status", fact.status.rawValue)
      json.member("source", fact.source.joined(separator: "; "))
      json.member("anonymous", fact.isAnonymous)
      json.member("polarity", fact.polarity.rawValue)
      json.member("plugin", fact.plugin)
      json.member("rule", fact.rule)
      json.member("published", record.published)
      json.array("evidence", fact.evidence) { $0.evidence(NoteEvidence(path: record.path, evidence: $1, isConverted: record.isConverted)) }
    }
  }

  fileprivate mutating func contradiction(_ item: DigestContradiction) {
    object { json in
      json.member("id", item.contradiction.id)
      json.member("verdict", item.contradiction.verdict.rawValue)
      json.member("topic", item.contradiction.topic)
      json.member("subject", item.contradiction.subject.name)
      json.member("new", item.isNew)
      json.array("sides", item.contradiction.sides) { json, side in
        json.object { json in
          json.member("fact", side.fact)
          json.member("published", side.published)
          json.member("source", side.source)
          json.key("evidence")
          json.evidence(side.place)
        }
      }
    }
  }

  fileprivate mutating func commitment(_ item: Commitment) {
    object { json in
      json.member("subject", item.subject.name)
      json.member("what", item.what)
      json.member("due", item.due)
      json.member("state", item.state.rawValue)
      json.member("status", item.status.rawValue)
      json.array("evidence", item.evidence) { $0.evidence($1) }
    }
  }
}
