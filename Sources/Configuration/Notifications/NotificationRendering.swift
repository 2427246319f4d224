import Alerting
import Analysis

/// These keys as YAML that decodes to the same values.
extension Configuration {
  var sinkLines: [String] {
    sinks.map { sink in
      var parts = ["id: \(quoted(sink.id))"]
      switch sink.kind {
      case .mail(let from, let sendmail):
        parts += ["mail: \(flow(sink.recipients))"] + (from.map { ["from: \(quoted($0))"] } ?? []) + ["sendmail: \(quoted(sendmail))"]
      case .command(let words): parts.append("command: \(flow(words))")
      case .webhook(let url): parts.append("webhook: \(quoted(url))")
      }
      if case .mail = sink.kind {} else if !sink.recipients.isEmpty { parts.append("to: \(flow(sink.recipients))") }
      switch sink.secret {
      case .file(let path): parts.append("secret: {file: \(quoted(path))}")
      case .credential(let name): parts.append("secret: {credential: \(quoted(name))}")
      case nil: break
      }
      parts += ["timeout: \(sink.timeout.unitText)", "give_up: \(sink.giveUp.unitText)"]
      return "- {\(parts.joined(separator: ", "))}"
    }
  }

  var alertLines: [String] {
    let rules = alerts.inhibitions.map { rule in
      "{source: \(flow(rule.source.map(\.description))), target: \(flow(rule.target.map(\.description))), equal: \(flow(rule.equal))}"
    }
    let windows = alerts.hours.sorted { $0.key < $1.key }.map { name, window in
      func time(_ minute: Int) -> String { TimeOfDay(hour: minute / 60, minute: minute % 60).description }
      return
        "\(quoted(name)): {days: \(days(window.days)), hours: \"\(time(window.start))-\(time(window.end))\", zone: \(quoted(window.zone))}"
    }
    return [
      "route: \(rendered(alerts.route, isRoot: true))", "inhibit: [\(rules.joined(separator: ", "))]",
      "hours: {\(windows.joined(separator: ", "))}",
    ]
  }

  private func rendered(_ route: Route, isRoot: Bool) -> String {
    var parts: [String] = isRoot ? [] : ["match: \(flow(route.match.map(\.description)))"]
    func add(_ key: String, _ value: String?) { if let value { parts.append("\(key): \(value)") } }
    func length(_ milliseconds: Int64?) -> String? { milliseconds.map { Duration.milliseconds($0).unitText } }
    add("sinks", route.sinks.map(flow))
    add("severity", route.severity?.rawValue)
    add("group_by", route.groupBy.map(flow))
    add("group_wait", length(route.groupWait))
    add("group_interval", length(route.groupInterval))
    add("repeat_interval", length(route.repeatInterval))
    add("active", route.active.map(flow))
    add("quiet", route.quiet.map(flow))
    if route.continues { add("continue", "on") }
    if !route.routes.isEmpty { add("routes", "[\(route.routes.map { rendered($0, isRoot: false) }.joined(separator: ", "))]") }
    return "{\(parts.joined(separator: ", "))}"
  }

  var digestLines: [String] {
    digests.map { digest in
      var parts = ["id: \(quoted(digest.id))", "on: \(days(digest.days))", "at: \"\(digest.at)\""]
      if let zone = digest.zone { parts.append("zone: \(quoted(zone))") }
      if let about = digest.about { parts.append("about: \(flow(about))") }
      if !digest.tags.isEmpty { parts.append("tags: \(flow(digest.tags))") }
      parts += ["to: \(flow(digest.sinks))", "catch_up: \(digest.catchUp.rawValue)"]
      return "- {\(parts.joined(separator: ", "))}"
    }
  }

  private func days(_ days: Set<Int>) -> String {
    flow(days.sorted().map { ConfigurationDecoder.weekdayNames[$0 - 1] })
  }
}
