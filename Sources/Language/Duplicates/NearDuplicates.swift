/// Finds texts that are the same article: as reprinted, as cut, as read by another program.
///
/// Candidates share some of their smallest hashes (each a band of one row, in the terms of locality-sensitive hashing: Indyk and Motwani, 1998);
/// every pair that is returned was verified on the whole fingerprints.
public struct NearDuplicates: Sendable {
  public struct Pair: Sendable, Hashable {
    /// Indices of the fingerprints, the smaller first.
    public var a: Int
    public var b: Int
    /// Resemblance, or containment where one text is part of the other.
    public var similarity: Double
  }

  /// Texts are near-duplicates from this resemblance on …
  public var resemblance: Double
  /// … or where this much of the shorter one stands in the longer one.
  public var containment: Double

  /// So many of a fingerprint's smallest hashes lead to candidates.
  private static let indexed = 64
  /// Hashes that more texts share are of boilerplate and lead to none.
  private static let commonest = 400
  /// A text that is less of another than this is quoted in it, or is the boilerplate below it, but not its reprint.
  private static let smallestPart = 0.22
  /// Estimates on fewer shared hashes are chance; very short texts must be equal.
  private static let fewestShared = 8

  public init(resemblance: Double = 0.4, containment: Double = 0.65) {
    self.resemblance = resemblance
    self.containment = containment
  }

  /// The similarity of two texts, nil where they are no near-duplicates.
  public func similarity(_ a: Fingerprint, _ b: Fingerprint) -> Double? {
    if a == b { return a.hashes.isEmpty ? nil : 1 }
    let likeness = a.likeness(to: b)
    guard likeness.shared >= NearDuplicates.fewestShared else { return nil }
    let isPart = likeness.containment >= containment && likeness.resemblance >= NearDuplicates.smallestPart
    guard likeness.resemblance >= resemblance || isPart else { return nil }
    return max(likeness.resemblance, likeness.containment)
  }

  /// Near-duplicates of one text among others, in order of their index.
  public func matches(of fingerprint: Fingerprint, among others: [Fingerprint]) -> [(index: Int, similarity: Double)] {
    let head = fingerprint.hashes.prefix(NearDuplicates.indexed)
    return others.indices.compactMap { index in
      guard NearDuplicates.meet(head, others[index].hashes.prefix(NearDuplicates.indexed)) else { return nil }
      return similarity(fingerprint, others[index]).map { (index, $0) }
    }
  }

  private static func meet(_ a: ArraySlice<UInt32>, _ b: ArraySlice<UInt32>) -> Bool {
    var (i, j) = (a.startIndex, b.startIndex)
    while i < a.endIndex, j < b.endIndex {
      if a[i] == b[j] { return true }
      if a[i] < b[j] { i += 1 } else { j += 1 }
    }
    return false
  }

  /// All pairs of near-duplicates, sorted.
  public func pairs(among fingerprints: [Fingerprint]) -> [Pair] {
    // Equal texts are compared once and stand for each other.
    var groups: [Fingerprint: Int] = [:]
    var members: [[Int]] = []
    for (index, fingerprint) in fingerprints.enumerated() where !fingerprint.hashes.isEmpty {
      if let group = groups[fingerprint] {
        members[group].append(index)
      } else {
        groups[fingerprint] = members.count
        members.append([index])
      }
    }
    var found: [Pair] = []
    for group in members {
      for (i, a) in group.enumerated() { for b in group[(i + 1)...] { found.append(Pair(a: a, b: b, similarity: 1)) } }
    }
    for candidate in candidates(members.map { fingerprints[$0[0]] }) {
      let (one, other) = (members[Int(candidate >> 32)], members[Int(candidate & 0xFFFF_FFFF)])
      guard let similarity = similarity(fingerprints[one[0]], fingerprints[other[0]]) else { continue }
      for a in one { for b in other { found.append(Pair(a: min(a, b), b: max(a, b), similarity: similarity)) } }
    }
    return found.sorted { ($0.a, $0.b) < ($1.a, $1.b) }
  }

  /// Pairs that share one of their smallest hashes, packed, each once.
  private func candidates(_ fingerprints: [Fingerprint]) -> [UInt64] {
    var postings: [UInt64] = []
    postings.reserveCapacity(fingerprints.count * NearDuplicates.indexed)
    for (index, fingerprint) in fingerprints.enumerated() {
      for hash in fingerprint.hashes.prefix(NearDuplicates.indexed) { postings.append(UInt64(hash) << 32 | UInt64(index)) }
    }
    postings.sort()
    var pairs: [UInt64] = []
    var first = 0
    while first < postings.count {
      var end = first + 1
      while end < postings.count, postings[end] >> 32 == postings[first] >> 32 { end += 1 }
      if end - first > 1, end - first <= NearDuplicates.commonest {
        for i in first..<end {
          for j in (i + 1)..<end { pairs.append((postings[i] & 0xFFFF_FFFF) << 32 | postings[j] & 0xFFFF_FFFF) }
        }
      }
      first = end
    }
    pairs.sort()
    var unique: [UInt64] = []
    for pair in pairs where unique.last != pair { unique.append(pair) }
    return unique
  }
}
