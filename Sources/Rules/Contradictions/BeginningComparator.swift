import Analysis
import Documents

/// Something at work before it is said to have begun.
///
/// A fact labelled `phase: start` (a team or business is begun, founded, set up) against one labelled `phase: active` (it leads, runs, has) with
/// an earlier date, where both name the same field of work.
struct BeginningComparator: FactComparator {
  func pairs(in records: [FactRecord]) -> [Pair] {
    let starts = records.filter { $0.fact.labels["phase"] == "start" && $0.isDated && $0.isFirm }
    let actives = records.filter { $0.fact.labels["phase"] == "active" && $0.isDated && $0.isFirm }
    var found: [Pair] = []
    for start in starts {
      for active in actives {
        guard let begun = start.fact.range, let working = active.fact.range, working.end < begun.start else { continue }
        guard let field = BeginningComparator.sharedField(start, active) else { continue }
        found.append(
          Pair(
            .conflict, "when \(field) began", active.isLater(than: start) ? start : active, active.isLater(than: start) ? active : start,
            bonus: 3))
      }
    }
    return found
  }

  /// A capitalised word other than the subject's names that both sentences hold: "AI", "Robotics".
  private static func sharedField(_ a: FactRecord, _ b: FactRecord) -> String? {
    let names = Set((a.fact.subject + b.fact.subject + a.fact.object + b.fact.object).flatMap { words($0.name) + words($0.root) })
    let left = Set(words(a.fact.evidence.first?.text ?? ""))
    return words(b.fact.evidence.first?.text ?? "").first { word in
      guard left.contains(word), !names.contains(word), let first = word.first else { return false }
      return first.isUppercase && word.count > 1 && word.dropFirst().contains { $0.isUppercase || $0.isLowercase }
        && !sentenceStarters.contains(word)
    }
  }

  private static let sentenceStarters: Set<String> = [
    "The", "In", "At", "On", "It", "As", "By", "For", "From", "This", "That", "After", "When", "While", "And", "But",
  ]

  private static func words(_ text: String) -> [String] { text.split { !$0.isLetter && !$0.isNumber }.map(String.init) }
}
