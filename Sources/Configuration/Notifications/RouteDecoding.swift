import Alerting
import Analysis

extension ConfigurationDecoder {
  /// - Parameter sinks: the ids that routes may lead to.
  func alerts(_ section: YAMLSection, sinks: Set<String>, zone: String) -> Configuration.Alerts {
    var alerts = Configuration.Alerts()
    if let windows = section["hours"]?.section(keys: nil) {
      for name in windows.keys { alerts.hours[name] = windows[name].flatMap { window($0, zone: zone) } }
    }
    if let field = section["route"], let root = route(field, isRoot: true, sinks: sinks, hours: Set(alerts.hours.keys)) {
      alerts.route = root
      if alerts.route.sinks == nil { alerts.route.sinks = ["journal"] }
    }
    for item in section["inhibit"]?.items("a list of inhibitions") ?? [] {
      guard let rule = item.section(keys: ["source", "target", "equal"]) else { continue }
      guard let source = rule["source"].flatMap(matchers), let target = rule["target"].flatMap(matchers) else {
        if rule["source"] == nil || rule["target"] == nil { rule.fail("an inhibition needs a 'source' and a 'target'") }
        continue
      }
      alerts.inhibitions.append(
        Inhibition(source: source, target: target, equal: rule["equal"]?.texts("a list of labels") ?? ["subject"]))
    }
    return alerts
  }

  private func route(_ field: YAMLField, isRoot: Bool, sinks: Set<String>, hours: Set<String>) -> Route? {
    let keys = [
      "match", "sinks", "severity", "group_by", "group_wait", "group_interval", "repeat_interval", "active", "quiet", "continue", "routes",
    ]
    guard let section = field.section(keys: isRoot ? keys.filter { $0 != "match" && $0 != "continue" } : keys) else { return nil }
    var route = Route()
    if let match = section["match"].flatMap(matchers) { route.match = match }
    if !isRoot, section["match"] == nil { section.fail("a route below the first needs a 'match', such as [severity>=warning]") }
    route.sinks = section["sinks"].flatMap { names($0, among: sinks, "sink") }
    route.severity = section["severity"]?.choice(Severity.allCases.map(\.rawValue)).flatMap(Severity.init(rawValue:))
    route.groupBy = section["group_by"]?.texts("a list of labels")
    route.groupWait = section["group_wait"]?.duration(in: .zero ... .seconds(86_400))?.inMilliseconds
    route.groupInterval = section["group_interval"]?.duration(in: .zero ... .seconds(7 * 86_400))?.inMilliseconds
    route.repeatInterval = section["repeat_interval"]?.duration(in: .zero ... .seconds(365 * 86_400))?.inMilliseconds
    route.active = section["active"].flatMap { names($0, among: hours, "entry of 'alerts.hours'") }
    route.quiet = section["quiet"].flatMap { names($0, among: hours, "entry of 'alerts.hours'") }
    route.continues = section["continue"]?.flag() ?? false
    route.routes = (section["routes"]?.items("a list of routes") ?? []).compactMap {
      self.route($0, isRoot: false, sinks: sinks, hours: hours)
    }
    return route
  }

  func names(_ field: YAMLField, among known: Set<String>, _ what: String) -> [String]? {
    guard let texts = field.texts("a list of names") else { return nil }
    for text in texts where !known.contains(text) {
      field.fail("there is no \(what) '\(Printable.escaped(text))'\(Suggestion.text(for: text, among: known.sorted()))")
    }
    return texts
  }

  private func matchers(_ field: YAMLField) -> [Matcher]? {
    guard let texts = field.texts("a list of conditions such as [category=layoff, severity>=warning]") else { return nil }
    return texts.compactMap { text in
      do { return try Matcher(text) } catch {
        field.fail("\(error)")
        return nil
      }
    }
  }

  private func window(_ field: YAMLField, zone: String) -> TimeWindow? {
    guard let section = field.section(keys: ["days", "hours", "zone"]) else { return nil }
    let wanted = "two times of day such as \"22:00-07:00\""
    guard let hours = section["hours"], let text = hours.text(wanted) else {
      if section["hours"] == nil { section.fail("an entry of 'alerts.hours' needs its 'hours', \(wanted)") }
      return nil
    }
    let ends = text.split(separator: "-").map { TimeOfDay($0.filter { $0 != " " }) }
    guard ends.count == 2, let start = ends[0], let end = ends[1] else {
      hours.mismatch(wanted)
      return nil
    }
    return TimeWindow(
      days: section["days"].flatMap(weekdays) ?? Set(1...7), start: start.hour * 60 + start.minute, end: end.hour * 60 + end.minute,
      zone: section["zone"].flatMap(self.zone) ?? zone)
  }

  static let weekdayNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

  /// `[mon, thu]`, `mon-fri`, `daily`.
  func weekdays(_ field: YAMLField) -> Set<Int>? {
    let wanted = "days such as [mon, thu], mon-fri or daily"
    guard let texts = field.texts(wanted) else { return nil }
    var days: Set<Int> = []
    for text in texts {
      if text == "daily" {
        days.formUnion(1...7)
        continue
      }
      let ends = text.split(separator: "-").map { part in ConfigurationDecoder.weekdayNames.firstIndex { part.lowercased().hasPrefix($0) } }
      guard let first = ends.first.flatMap({ $0 }), let last = ends.last.flatMap({ $0 }), ends.count <= 2 else {
        field.mismatch(wanted)
        return nil
      }
      days.formUnion(first <= last ? Array(first...last).map { $0 + 1 } : (Array(first...6) + Array(0...last)).map { $0 + 1 })
    }
    guard !days.isEmpty else {
      field.mismatch(wanted)
      return nil
    }
    return days
  }
}
