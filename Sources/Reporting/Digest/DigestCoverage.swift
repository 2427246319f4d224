extension Digest {
  /// What this digest rests on, in one sentence.
  var coverage: String {
    guard !sources.isEmpty || !failures.isEmpty || !notAnalysed.isEmpty else {
      let known = "\(CountText.text(health.documents, "note")) known in all."
      guard otherNotes > 0 else { return "No note arrived in this time. \(known)" }
      return "\(CountText.text(otherNotes, "note")) arrived in this time, and none about what this digest covers. \(known)"
    }
    var sentences = [
      "Read \(CountText.text(sources.count, "note")) and found \(facts.isEmpty ? "no fact" : CountText.text(facts.count, "fact"))."
    ]
    var exceptions: [String] = []
    if !duplicates.isEmpty {
      exceptions.append(CountText.text(duplicates.count, "note repeats another", "notes repeat others"))
    }
    if !promotion.isEmpty {
      exceptions.append(CountText.text(promotion.count, "note promotes something", "notes promote something"))
    }
    if !notAnalysed.isEmpty { exceptions.append(CountText.text(notAnalysed.count, "was not analysed", "were not analysed")) }
    if !failures.isEmpty { exceptions.append(CountText.text(failures.count, "could not be read", "could not be read")) }
    if !exceptions.isEmpty { sentences.append("\(CountText.list(exceptions)).") }
    if otherNotes > 0 {
      sentences.append("\(CountText.text(otherNotes, "other note")) arrived, not about what this digest covers.")
    }
    if health.documents > sources.count {
      sentences.append("\(CountText.text(health.documents, "note")) known in all.")
    }
    return sentences.joined(separator: " ")
  }
}
