import Analysis
import Documents

/// What a row, a line or an item was found to say, before it is a fact.
struct RecordContent {
  var subjects: [CellReader.Name] = []
  var objects: [CellReader.Name] = []
  /// Organisations that people belong to.
  var employers: [CellReader.Name] = []
  /// In order of importance: results before targets.
  var quantities: [(text: String, number: Double)] = []
  var when: DateRange?
  /// Whether its figures are targets.
  var isPlan = false
  /// Whether the text vouches for less than what it lays out.
  var status: AssertionStatus?

  var value: String? {
    guard !quantities.isEmpty else { return nil }
    var seen: Set<String> = []
    let texts = quantities.map(\.text).filter { seen.insert($0).inserted }
    let sizes = texts.filter { $0.hasSuffix(" parameters") }
    guard sizes.count == texts.count, sizes.count > 1 else { return texts.joined(separator: ";") }
    return sizes.map { $0.dropLast(" parameters".count) }.joined(separator: ";") + " parameters"
  }

  func has(_ role: RecordRule.Role) -> Bool {
    switch role {
    case .subject: return !subjects.isEmpty
    case .object: return !objects.isEmpty || !employers.isEmpty
    case .from: return !employers.isEmpty
    case .value: return !quantities.isEmpty
    case .when: return when != nil
    case .status, .skip: return true
    }
  }
}
