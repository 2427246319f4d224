import Documents

/// Who somebody is and for whom: "Ada Quill, chief executive of Northwind", "Northwind's chief scientist, Ada Quill",
/// "Northwind CEO Ada Quill".
extension NameResolver {
  /// Fills role and owner of persons, and the owner of teams and products that a possessive precedes.
  mutating func readRoles() {
    for index in named.indices {
      let group = named[index].group
      switch kind(of: group) {
      case .person:
        if groups[group].role == nil { roleAfter(index) }
        if groups[group].role == nil { roleBefore(index) }
      case .team, .product:
        guard groups[group].owner == nil, index > 0 else { continue }
        let start = named[index].candidate.start
        let owner = named[index - 1]
        let end = owner.candidate.tokens.upperBound
        if isOrganization(owner.group), start <= end + 2, end < finder.view.tokens.count,
          finder.view.tokens[end].shape.contains(.possessive)
        {
          groups[group].owner = id(of: owner.group)
        }
      case .organization, .place: continue
      }
    }
  }

  private func isOrganization(_ group: Int) -> Bool { kind(of: group) == .organization || kind(of: group) == .team }

  private mutating func roleAfter(_ index: Int) {
    let tokens = finder.view.tokens
    let person = named[index]
    var i = person.candidate.tokens.upperBound
    guard i + 1 < tokens.count, tokens[i].mark == 0x2C else { return }
    i += 1
    let limit = min(i + 12, tokens.count)
    // "the", "a", "its", "former" before the role are not part of it.
    while i < limit, finder.flags(i).contains(.function) { i += 1 }
    let first = i
    var last: Int?
    while i < limit, tokens[i].isWord || tokens[i].mark == 0x2D {
      if finder.flags(i).contains(.role) {
        last = i
      } else if !finder.flags(i).isDisjoint(with: [.speech, .orgVerb]) || finder.flags(i).contains(.function) {
        break
      }
      i += 1
    }
    guard let last else { return }
    groups[person.group].role = role(first..<(last + 1))
    // "of Northwind", "at Northwind".
    let next = last + 1
    guard next < tokens.count,
      tokens[next].word == finder.ids.of || tokens[next].word == finder.ids.at || tokens[next].word == finder.ids.for
    else { return }
    if index + 1 < named.count, named[index + 1].candidate.start <= next + 3, isOrganization(named[index + 1].group) {
      groups[person.group].owner = id(of: named[index + 1].group)
    }
  }

  private mutating func roleBefore(_ index: Int) {
    let tokens = finder.view.tokens
    let person = named[index]
    var end = person.candidate.start
    if end > 1, tokens[end - 1].mark == 0x2C { end -= 1 }
    var first = end
    var hasRole = false
    while first > 0, end - first < 5, tokens[first - 1].isWord || tokens[first - 1].mark == 0x2D,
      finder.flags(first - 1).isDisjoint(with: [.function, .speech, .orgVerb]),
      index == 0 || first - 1 >= named[index - 1].candidate.tokens.upperBound
    {
      first -= 1
      if finder.flags(first).contains(.role) { hasRole = true }
    }
    guard hasRole, finder.flags(end - 1).contains(.role), first < end else { return }
    groups[person.group].role = role(first..<end)
    guard index > 0, isOrganization(named[index - 1].group) else { return }
    var border = named[index - 1].candidate.tokens.upperBound
    if border < first, tokens[border].shape.contains(.possessive) { border += 1 }
    if border == first { groups[person.group].owner = id(of: named[index - 1].group) }
  }

  private func role(_ tokens: Range<Int>) -> String {
    let view = finder.view
    let words = tokens.map { view.tokens[$0].shape.contains(.allCaps) ? view.string($0) : view.string($0).lowercased() }
    return words.joined(separator: " ").split(separator: " ").joined(separator: " ")
  }
}
