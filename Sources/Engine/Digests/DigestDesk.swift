import Configuration
import Documents
import Storage

/// Decides which digests are owed now, and makes them; the key of a digest is its id and its local date, so that no jump of the clock makes a
/// second one.
struct DigestDesk {
  /// Under `catch_up: none` a digest that is later than this is not made any more.
  static let grace: Int64 = 3_600_000

  let writer: DigestWriter
  let clock: any WallClock

  /// Writes what is due, in the order of the plans.
  func makeDue() throws -> [DigestRow] {
    try adopt()
    return try writer.plans.compactMap(makeDue)
  }

  /// A further digest begins with the first date it is due on after it was configured, not with what was due before.
  private func adopt() throws {
    for plan in writer.plans where try plan.id != DigestRow.daily && writer.store.meta(DigestDesk.key(plan)) == nil {
      try writer.store.setMeta(DigestDesk.key(plan), String(clock.now))
    }
  }

  private static func key(_ plan: DigestPlan) -> String { "digest_since:\(plan.id)" }

  /// Whether any digest is due and has not been made.
  func owesAny() throws -> Bool {
    try adopt()
    return try writer.plans.contains { try isOwed($0.dueDay(at: clock.now), $0) }
  }

  private func makeDue(_ plan: DigestPlan) throws -> DigestRow? {
    let day = plan.dueDay(at: clock.now)
    guard try isOwed(day, plan) else { return nil }
    let row = try writer.builder(plan.id).period(of: day, plan: plan, today: day, now: clock.now)
    try writer.write(row, to: plan.recipients)
    return row
  }

  /// Digests that are due for longer than `limit` milliseconds and not made, and for how long.
  func late(limit: Int64) throws -> [(id: String, day: CalendarDate)] {
    try writer.plans.compactMap { plan in
      let day = plan.dueDay(at: clock.now)
      return try clock.now - plan.due(day) > limit && isOwed(day, plan) ? (plan.id, day) : nil
    }
  }

  /// Whether the digest of a date is still to be written.
  ///
  /// Not where the day was over before anything was recorded, nor where a clock set back leads to a date that a later digest has covered. One
  /// that a person had built before it was due does not count: the day went on after it.
  func isOwed(_ day: CalendarDate, _ plan: DigestPlan) throws(StoreError) -> Bool {
    let due = plan.due(day)
    guard let first = try writer.store.firstInstant(), first < due else { return false }
    if plan.id != DigestRow.daily, let since = try writer.store.meta(DigestDesk.key(plan)).flatMap({ Int64($0) }), due <= since {
      return false
    }
    if plan.catchUp == .none, clock.now - due > DigestDesk.grace { return false }
    // A row of a date to come was made by a clock that ran ahead.
    let tomorrow = plan.calendar.day(clock.now).adding(days: 1).description
    guard let last = try writer.store.lastDigest(plan.id, before: tomorrow) else { return true }
    return last.day < day.description || (last.day == day.description && last.builtAt < due)
  }
}
