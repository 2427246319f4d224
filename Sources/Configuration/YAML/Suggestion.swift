/// "did you mean …": the nearest of the known words.
public enum Suggestion {
  /// `; did you mean 'settle'?`, or the list of what is known where nothing is near.
  public static func text(for word: String, among known: [String]) -> String {
    if let best = nearest(to: word, among: known) { return "; did you mean '\(best)'?" }
    return known.isEmpty || known.count > 20 ? "" : "; known are \(known.joined(separator: ", "))"
  }

  /// The first known word with the least optimal string alignment distance, if that is at most a third of the longer word (and 1 at least).
  public static func nearest(to word: String, among known: [String]) -> String? {
    guard word.utf8.count <= 64 else { return nil }
    let target = Array(word.lowercased().unicodeScalars)
    var best: (word: String, distance: Int)?
    for candidate in known {
      let other = Array(candidate.lowercased().unicodeScalars)
      let limit = max(1, max(target.count, other.count) / 3)
      let distance = distance(target, other)
      if distance <= limit, distance < best?.distance ?? Int.max { best = (candidate, distance) }
    }
    return best?.word
  }

  /// Insertions, deletions, substitutions and swaps of neighbours (Damerau 1964, restricted form).
  static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var before = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    var row = last
    for i in 1...a.count {
      row[0] = i
      for j in 1...b.count {
        let cost = a[i - 1] == b[j - 1] ? 0 : 1
        row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { row[j] = min(row[j], before[j - 2] + 1) }
      }
      before = last
      last = row
    }
    return last[b.count]
  }
}
