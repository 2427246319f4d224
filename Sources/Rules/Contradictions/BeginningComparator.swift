import Analysis
import Documents

/// Something at work before it is said to have begun.
///
/// A fact labelled `phase: start` (a team or business is begun, founded, set up) against one labelled `phase: active` (it leads, runs, has) with
/// an earlier date, where both name the same field of work.
struct BeginningComparator: FactComparator {
  func pairs(in records: [FactRecord]) -> [Pair] {
    let begun = records.filter { $0.fact.labels["phase"] == "start" && $0.isDated && $0.isFirm }
    let actives = records.filter { $0.fact.labels["phase"] == "active" && $0.isDated && $0.isFirm }
    // What is founded again later, within the same field, is no beginning of the field.
    let starts = begun.sorted { ($0.fact.range?.start.daysSinceEpoch ?? 0) < ($1.fact.range?.start.daysSinceEpoch ?? 0) }
    var fields: Set<String> = []
    var found: [Pair] = []
    for start in starts {
      for active in actives {
        guard let begun = start.fact.range, let working = active.fact.range, working.end < begun.start else { continue }
        guard let field = BeginningComparator.sharedField(start, active), fields.insert(field).inserted else { continue }
        found.append(
          Pair(
            .conflict, "when \(field) began", active.isLater(than: start) ? start : active, active.isLater(than: start) ? active : start,
            bonus: 3))
      }
    }
    return found
  }

  /// A capitalised word other than the subject's names that both sentences hold: "AI", "Robotics". "A new generative AI team" begins a part of
  /// the field only, so that a plain adjective before the word rules it out.
  private static func sharedField(_ start: FactRecord, _ active: FactRecord) -> String? {
    let names = Set((start.fact.subject + active.fact.subject).flatMap { words($0.name) + words($0.root) })
    let left = words(start.fact.evidence.first?.text ?? "")
    let right = Set(words(active.fact.evidence.first?.text ?? ""))
    for (index, word) in left.enumerated() {
      guard right.contains(word), !names.contains(word), word.count > 1, word.first?.isUppercase == true, !sentenceStarters.contains(word)
      else { continue }
      guard index == 0 || left[index - 1].first?.isUppercase == true || openers.contains(left[index - 1]) else { continue }
      return word
    }
    return nil
  }

  /// What may stand before the name of a whole field; "s" is what is left of a possessive.
  private static let openers: Set<String> = [
    "a", "an", "the", "its", "their", "his", "her", "own", "first", "new", "s", "in", "of", "on", "for",
  ]

  private static let sentenceStarters: Set<String> = [
    "The", "In", "At", "On", "It", "As", "By", "For", "From", "This", "That", "After", "When", "While", "And", "But",
  ]

  private static func words(_ text: String) -> [String] { text.split { !$0.isLetter && !$0.isNumber }.map(String.init) }
}
