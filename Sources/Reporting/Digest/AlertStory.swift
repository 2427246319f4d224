import Analysis
import Documents

/// Alerts that tell of one event, behind the one that says most.
///
/// An alert joins a story where it is about the same organisation and of the same category, or rests for more than half on sentences of
/// the story's first alert; about somebody else, only where all it rests on stands there. Stories are not joined through a third, so that
/// no chain of half-related alerts grows into one.
struct AlertStory: Sendable {
  var lead: DigestAlert
  var others: [DigestAlert] = []

  var all: [DigestAlert] { [lead] + others }
  private var basis: Set<Place>

  /// Where a sentence stands.
  private struct Place: Hashable {
    var path: String
    var start: Int
  }

  private init(_ lead: DigestAlert, _ basis: Set<Place>) {
    self.lead = lead
    self.basis = basis
  }

  /// Stories in order of weight, whatever order the alerts come in.
  static func all(of alerts: [DigestAlert]) -> [AlertStory] {
    var stories: [AlertStory] = []
    // Which stories hold a sentence, and which are about an organisation: an alert is compared with those alone.
    var holding: [Place: [Int]] = [:]
    var about: [String: Int] = [:]
    for alert in DigestOrder.byWeight(alerts) {
      let basis = basis(alert)
      let root = alert.page.alert.subject.root
      let kind = "\(root)\u{1F}\(alert.page.alert.category)"
      let near = Set(basis.flatMap { holding[$0] ?? [] }).sorted()
      if let index = about[kind] ?? near.first(where: { stories[$0].holds(basis, root: root) }) {
        stories[index].others.append(alert)
        if about[kind] == nil { about[kind] = index }
      } else {
        about[kind] = stories.count
        for key in basis { holding[key, default: []].append(stories.count) }
        stories.append(AlertStory(alert, basis))
      }
    }
    return stories
  }

  private func holds(_ other: Set<Place>, root: String) -> Bool {
    let common = basis.intersection(other).count
    let least = min(basis.count, other.count)
    return root == lead.page.alert.subject.root ? common * 2 > least : common == other.count
  }

  /// The sentences it rests on, by their places.
  private static func basis(_ item: DigestAlert) -> Set<Place> {
    Set(item.page.alert.evidence.map { Place(path: $0.path, start: $0.evidence.span.start) })
  }
}

/// The stories that are shown: no organisation and no note takes the whole page while others have something to say.
struct StoryChoice {
  var shown: [AlertStory] = []
  var held: [AlertStory] = []

  init(_ stories: [AlertStory], limits: DigestLimits) {
    // The last one is shown rather than announced: the announcement would take its place.
    let room = stories.count <= limits.alertsPerGroup + 1 ? stories.count : limits.alertsPerGroup
    var perSubject: [String: Int] = [:]
    var perNote: [String: Int] = [:]
    var chosen: Set<Int> = []
    for (index, story) in stories.enumerated() where chosen.count < room {
      let root = story.lead.page.alert.subject.root
      let notes = Set(story.lead.page.alert.evidence.map(\.path))
      let note = notes.count == 1 ? notes.first : nil
      guard perSubject[root, default: 0] < limits.storiesPerSubject, note.map({ perNote[$0, default: 0] < limits.storiesPerNote }) ?? true
      else { continue }
      perSubject[root, default: 0] += 1
      if let note { perNote[note, default: 0] += 1 }
      chosen.insert(index)
    }
    // What room nobody else needs goes to those who have more to say.
    for index in stories.indices where chosen.count < room { chosen.insert(index) }
    for (index, story) in stories.enumerated() {
      if chosen.contains(index) { shown.append(story) } else { held.append(story) }
    }
  }

  /// "+7 more: Northwind Labs (5), Contoso AI (2); all alerts", each name leading to its page; nil where nothing is held back.
  func note(names: (EntityRef) -> String) -> PageText? {
    guard !held.isEmpty else { return nil }
    let count = held.reduce(0) { $0 + $1.all.count }
    var order: [(root: String, name: String, count: Int)] = []
    for alert in held.flatMap(\.all) {
      let subject = alert.page.alert.subject
      if let index = order.firstIndex(where: { $0.root == subject.root }) {
        order[index].count += 1
      } else {
        order.append((subject.root, names(subject), 1))
      }
    }
    order.sort { ($1.count, $0.name, $0.root) < ($0.count, $1.name, $1.root) }
    var runs: [PageText.Run] = [.plain("+\(CountText.text(count, "more alert")): ")]
    for (index, item) in order.prefix(6).enumerated() {
      if index > 0 { runs.append(.plain(", ")) }
      runs.append(.page(item.name, PageLink(folder: OutputLayout.entities, name: Slug.identity(item.root))))
      runs.append(.plain(" (\(item.count))"))
    }
    if order.count > 6 { runs.append(.plain(", …")) }
    return PageText(runs + [.plain("; "), .page("all alerts", SitePage.alerts.link), .plain(".")])
  }
}

extension DigestOrder {
  /// Gravest first; then what more notes and more sentences stand behind, then what was said last; then by name.
  static func byWeight(_ alerts: [DigestAlert]) -> [DigestAlert] {
    // Each weight is found once: finding it costs more than comparing two.
    let weights = alerts.map { Weight($0.page) }
    return alerts.indices.sorted { a, b in
      let (x, y) = (weights[a], weights[b])
      if x.severity != y.severity { return x.severity > y.severity }
      if x.notes != y.notes { return x.notes > y.notes }
      if x.sentences != y.sentences { return x.sentences > y.sentences }
      if x.latest != y.latest { return x.latest > y.latest }
      return DigestOrder.alerts(alerts[a], alerts[b])
    }.map { alerts[$0] }
  }

  private struct Weight {
    var severity: Severity
    var notes: Int
    var sentences: Int
    var latest: String

    init(_ page: AlertPage) {
      severity = page.alert.severity
      // Beyond a few, more of the same says nothing more.
      var paths: Set<String> = []
      for evidence in page.alert.evidence where paths.count < 3 { paths.insert(evidence.path) }
      notes = paths.count
      sentences = min(6, page.alert.evidence.count)
      latest = page.facts.reduce("") { latest, record in record.published.map { max(latest, $0) } ?? latest }
    }
  }
}
