import Analysis
import Documents

/// Findings as a SARIF 2.1.0 log (OASIS standard, 27 March 2020), for editors and code-scanning services.
public enum SARIFReport {
  public static func render(_ findings: CheckFindings) -> [UInt8] {
    var json = JSONWriter(reserving: 16_384)
    let rules = findings.rules
    let index = Dictionary(uniqueKeysWithValues: rules.enumerated().map { ($0.element.id, $0.offset) })
    json.object { json in
      json.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
      json.member("version", "2.1.0")
      json.array("runs", [findings]) { json, findings in
        json.object { json in
          json.object("tool") { json in
            json.object("driver") { json in
              json.member("name", "Bellwether")
              json.member("semanticVersion", findings.version)
              json.array("rules", rules) { $0.rule($1) }
            }
          }
          // Relative paths are as they were given: below the folder that `check` ran in.
          json.object("originalUriBaseIds") { json in
            json.object("SRCROOT") { json in json.object("description") { $0.member("text", "The folder that bellwether check ran in.") } }
          }
          json.member("columnKind", "utf16CodeUnits")
          json.array("invocations", [findings.problems]) { $0.invocation($1) }
          json.array("results", findings.results) { $0.result($1, index: index[$1.rule] ?? -1, findings) }
        }
      }
    }
    json.newline()
    return json.bytes
  }
}

extension JSONWriter {
  fileprivate mutating func rule(_ rule: CheckFindings.RuleText) {
    object { json in
      json.member("id", rule.id)
      json.member("name", rule.name)
      json.object("shortDescription") { $0.member("text", rule.name + ".") }
      json.object("fullDescription") { $0.member("text", rule.help) }
      json.object("help") { $0.member("text", rule.help) }
      // A tag stands once: a pack may be called as what it warns of.
      json.object("properties") { $0.member("tags", rule.plugin == rule.category ? [rule.plugin] : [rule.plugin, rule.category]) }
    }
  }

  fileprivate mutating func invocation(_ problems: [CheckFindings.Problem]) {
    object { json in
      json.member("executionSuccessful", !problems.contains(where: \.isFatal))
      json.array("toolExecutionNotifications", problems) { json, problem in
        json.object { json in
          json.member("level", problem.isFatal ? "error" : "warning")
          json.object("message") { $0.member("text", VisibleText.line(problem.message)) }
          if let path = problem.path {
            json.array("locations", [path]) { json, path in
              json.object { json in json.object("physicalLocation") { $0.artifact(path) } }
            }
          }
        }
      }
    }
  }

  fileprivate mutating func result(_ result: CheckFindings.Result, index: Int, _ findings: CheckFindings) {
    object { json in
      json.member("ruleId", result.rule)
      json.member("ruleIndex", index)
      json.member("level", result.severity.sarifLevel)
      json.object("message") { $0.member("text", VisibleText.line(result.message)) }
      json.array("locations", Array(result.places.prefix(1))) { $0.location($1, id: nil, findings) }
      let others = Array(result.places.dropFirst().enumerated())
      if !others.isEmpty { json.array("relatedLocations", others) { $0.location($1.element, id: $1.offset + 1, findings) } }
      // The identity of the finding: it stays when the note is edited around the sentence.
      json.object("partialFingerprints") { $0.member("bellwether/v1", result.fingerprint) }
      json.object("properties") { $0.member("severity", result.severity.rawValue) }
    }
  }

  private mutating func location(_ place: NoteEvidence, id: Int?, _ findings: CheckFindings) {
    let region = findings.region(of: place)
    object { json in
      if let id { json.member("id", id) }
      json.object("physicalLocation") { json in
        json.artifact(place.path)
        json.object("region") { json in
          json.member("startLine", region.line)
          if let column = region.column, let endLine = region.endLine, let endColumn = region.endColumn {
            json.member("startColumn", column)
            json.member("endLine", endLine)
            json.member("endColumn", endColumn)
          }
          json.object("snippet") { $0.member("text", place.evidence.text) }
        }
      }
      if id != nil { json.object("message") { $0.member("text", VisibleText.line(place.evidence.text)) } }
    }
  }

  /// An absolute path is a `file` address, a relative one stays relative (SARIF §3.4.3).
  private mutating func artifact(_ path: String) {
    object("artifactLocation") { json in
      let encoded = SafeURL.encoded(path, keeping: "-._~/")
      json.member("uri", path.hasPrefix("/") ? "file://" + encoded : encoded)
      if !path.hasPrefix("/") { json.member("uriBaseId", "SRCROOT") }
    }
  }
}

extension Severity {
  fileprivate var sarifLevel: String {
    switch self {
    case .critical: return "error"
    case .warning: return "warning"
    case .notice, .info: return "note"
    }
  }
}
