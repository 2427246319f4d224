import Documents

/// What a person does not want to be warned of, in a file of its own that edits no rule pack.
///
///     filters:
///       - rule: people.layoffs
///         subject: [northwind-labs]
///         text: ["seasonal staff"]
///         reason: the same every spring
///         expires: 2026-06-30
///
/// Every matcher that is given must hold; a list holds where one of its entries does.
public struct LocalFilter: Sendable, Equatable {
  /// As people refer to it: its `id`, else file and line.
  public var id: String
  /// Names of rules; `people.*` is every rule of a plugin.
  public var rules: [String]
  /// Ids or names, in any case.
  public var subject: [String]
  /// Words that stand in the evidence, in any case.
  public var text: [String]
  public var publisher: [String]
  public var path: [PathPattern]
  public var reason: String
  /// The last day on which it holds anything back; nil: for ever.
  public var expires: CalendarDate?

  /// Whether it speaks of a rule.
  public func covers(_ rule: String) -> Bool {
    rules.contains { $0 == rule || $0 == "*" || $0.hasSuffix(".*") && rule.hasPrefix($0.dropLast()) }
  }

  public func isInForce(on day: CalendarDate) -> Bool { expires.map { day <= $0 } ?? true }

  private static let keys = ["id", "rule", "subject", "text", "publisher", "path", "reason", "expires"]

  /// The filters of one file; a broken one is left out and named.
  public static func all(yaml text: String, file: String) -> (filters: [LocalFilter], problems: [SourceProblem]) {
    let source = YAMLSource(file: file, text: text)
    var filters: [LocalFilter] = []
    for item in source.root(keys: ["filters"])?["filters"]?.items("a list of filters") ?? [] {
      let before = source.problems.count
      if let filter = filter(item, file: file), source.problems.count == before { filters.append(filter) }
    }
    return (filters, source.problems)
  }

  private static func filter(_ item: YAMLField, file: String) -> LocalFilter? {
    guard let section = item.section(keys: keys) else { return nil }
    guard let rules = section["rule"]?.texts("a rule's name, such as people.layoffs, or a list of them") else {
      if section["rule"] == nil { section.fail("a filter needs a 'rule'; people.* is every rule of a plugin, \"*\" every rule") }
      return nil
    }
    guard let reason = section["reason"]?.text("why, in your own words") else {
      if section["reason"] == nil { section.fail("a filter needs a 'reason': whoever finds it later will ask") }
      return nil
    }
    let name = file.split(separator: "/").last.map(String.init) ?? file
    var filter = LocalFilter(
      id: section["id"]?.text() ?? "\(name):\(section.line)", rules: rules, subject: section["subject"]?.texts() ?? [],
      text: section["text"]?.texts() ?? [], publisher: section["publisher"]?.texts() ?? [],
      path: section["path"].flatMap { field in field.texts()?.compactMap { field.pathPattern($0) } } ?? [], reason: reason, expires: nil)
    if let field = section["expires"], let text = field.text("a day, YYYY-MM-DD") {
      filter.expires = CalendarDate(iso8601: text)
      if filter.expires == nil { field.mismatch("a day, YYYY-MM-DD") }
    }
    return filter
  }
}
