/// Finds the blocks that are not the author's account of the world.
enum BlockRoles {
  static func assign(_ document: inout Document, linked: [Int]) {
  }
}
