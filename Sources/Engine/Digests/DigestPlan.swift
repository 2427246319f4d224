import Configuration
import Documents
import Storage

/// When one digest is due, on the clock on the wall; pure.
public struct DigestPlan: Sendable {
  public var id: String
  /// ISO 8601 weekdays, Monday 1; at least one.
  public var days: Set<Int>
  public var at: TimeOfDay
  public var calendar: LocalCalendar
  public var catchUp: Configuration.DigestSchedule.CatchUp
  /// Whom it is about; nil for everybody.
  public var about: Set<String>?
  /// Tags of the notes it is about, as `NoteTraits.tag` writes them; empty: of all.
  public var tags: [String]
  public var recipients: [Recipient]

  public struct Recipient: Sendable, Hashable {
    public var sink: String
    /// Empty where the sink knows none.
    public var name: String

    public init(sink: String, name: String = "") {
      self.sink = sink
      self.name = name
    }
  }

  public init(
    id: String = "daily", days: Set<Int> = Set(1...7), at: TimeOfDay, calendar: LocalCalendar,
    catchUp: Configuration.DigestSchedule.CatchUp = .merged, about: Set<String>? = nil, tags: [String] = [],
    recipients: [Recipient] = []
  ) {
    self.id = id
    self.days = days.isEmpty ? Set(1...7) : days
    self.at = at
    self.calendar = calendar
    self.catchUp = catchUp
    self.about = about
    self.tags = tags
    self.recipients = recipients
  }

  /// The instant a date's digest is due, milliseconds since 1970: where the clock skips the hour the first moment after, where it repeats it the first.
  public func due(_ day: CalendarDate) -> Int64 { calendar.instant(of: day, minute: at.hour * 60 + at.minute) }

  /// The first due instant after `now`.
  public func next(after now: Int64) -> Int64 {
    var day = calendar.day(now)
    while true {
      if days.contains(day.weekday) {
        let due = due(day)
        if due > now { return due }
      }
      day = day.adding(days: 1)
    }
  }

  /// The last date whose digest is due now.
  public func dueDay(at now: Int64) -> CalendarDate {
    let today = calendar.day(now)
    return days.contains(today.weekday) && now >= due(today) ? today : previous(before: today)
  }

  /// The date on which the one before was due.
  public func previous(before day: CalendarDate) -> CalendarDate {
    var day = day.adding(days: -1)
    while !days.contains(day.weekday) { day = day.adding(days: -1) }
    return day
  }
}

extension Configuration {
  /// All digests, the daily one first.
  public var digestPlans: [DigestPlan] {
    allDigests.map { schedule in
      let recipients = schedule.sinks.flatMap { id in
        let names = sinks.first { $0.id == id }?.recipients ?? []
        return (names.isEmpty ? [""] : names).map { DigestPlan.Recipient(sink: id, name: $0) }
      }
      return DigestPlan(
        id: schedule.id, days: schedule.days, at: schedule.at, calendar: LocalCalendar(zone: schedule.zone ?? timezone),
        catchUp: schedule.catchUp, about: schedule.about.map(Set.init), tags: schedule.tags.map(NoteTraits.tag),
        recipients: recipients)
    }
  }
}
