import Analysis

/// Findings as workflow commands of GitHub Actions, which annotate the sentence in a change: one line a finding.
///
/// Nothing from a note can begin a command of its own: a command begins a line, and line breaks are escaped with `%` and its kind, as the
/// runner's own toolkit does.
public enum WorkflowCommands {
  public static func render(_ findings: CheckFindings) -> [UInt8] {
    var out = ""
    for problem in findings.problems {
      let place = problem.path.map { " file=\(property($0))" } ?? ""
      out += "::\(problem.isFatal ? "error" : "warning")\(place)::\(data(problem.message))\n"
    }
    for result in findings.results {
      guard let place = result.places.first else { continue }
      let region = findings.region(of: place)
      var properties = ["file=\(property(place.path))", "line=\(region.line)"]
      if let column = region.column, let endLine = region.endLine, let endColumn = region.endColumn {
        properties.append("endLine=\(endLine)")
        // Columns are taken for one line only.
        if endLine == region.line { properties += ["col=\(column)", "endColumn=\(endColumn)"] }
      }
      properties.append("title=\(property(FactWording.capitalised(result.severity.rawValue) + " · " + result.rule))")
      let others = result.places.dropFirst().prefix(3).map { "\($0.path):\($0.evidence.line)" }
      let more = others.isEmpty ? "" : " (with \(CountText.list(others)))"
      out += "::\(command(result.severity)) \(properties.joined(separator: ","))::\(data(result.message + more))\n"
    }
    return Array(out.utf8)
  }

  private static func command(_ severity: Severity) -> String {
    switch severity {
    case .critical: return "error"
    case .warning: return "warning"
    case .notice, .info: return "notice"
    }
  }

  private static func data(_ text: String) -> String { VisibleText.line(text).replacing("%", with: "%25") }

  private static func property(_ text: String) -> String { data(text).replacing(":", with: "%3A").replacing(",", with: "%2C") }
}
